//! What the loop does not do itself: one arm an opcode, and the forms of running code.
//!
//! A form says what is to be expected of the operands. The loop has a short way for the commonest; for the others it is looked
//! at whether they are as expected, and then the instruction is done as it was compiled.

use super::{
    Flow, Unit, access, asynchronous, build, calls, except_star, exceptions, generators, imports, jumps, names, operators, patterns,
    strings,
};
use crate::{
    bytecode::opcode::Op,
    objects::core_types::*,
    vm::{Vm, frame::Receive},
};

impl Vm {
    /// One arm an opcode.
    #[inline(never)]
    pub(super) fn dispatch(&mut self, op: Op) -> Flow {
        let unit = self.units[self.pc as usize - 1];
        match op {
            // forms with a short way
            Op::PRECALL_BUILTIN_CLASS
            | Op::PRECALL_BUILTIN_FAST_WITH_KEYWORDS
            | Op::PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS
            | Op::PRECALL_NO_KW_ISINSTANCE
            | Op::PRECALL_NO_KW_TUPLE_1
            | Op::PRECALL_NO_KW_TYPE_1 => calls::precall_builtin(self, unit),
            Op::PRECALL_NO_KW_STR_1 => {
                if self.countdown != 0 && self.calls_str(unit.arg) {
                    self.countdown -= 1;
                    self.pc += 1;
                    return self.call_str();
                }
                self.run_form(op)
            }
            Op::BINARY_OP_INPLACE_ADD_UNICODE => {
                if operators::append(self) {
                    Ok(())
                } else {
                    self.run_form(op)
                }
            }
            Op::LOAD_ATTR_MODULE | Op::LOAD_METHOD_MODULE => {
                let (object, cache) = (self.peek(1), self.caches[self.pc as usize - 1]);
                let found = access::module_value(self, object, cache);
                let Some(value) = found else { return self.run_form(op) };
                self.incref(value);
                if op == Op::LOAD_METHOD_MODULE {
                    self.stack[self.sp - 1] = None;
                    self.push(value);
                } else {
                    self.stack[self.sp - 1] = Some(value);
                }
                self.decref(object);
                Ok(())
            }
            Op::STORE_ATTR_SLOT => {
                let (object, value, cache) = (self.peek(1), self.peek(2), self.caches[self.pc as usize - 1]);
                let Some(old) = access::store_slot(self, object, cache, value) else { return self.run_form(op) };
                self.sp -= 2;
                let sp = self.sp;
                (self.stack[sp], self.stack[sp + 1]) = (None, None);
                self.xdecref(old);
                self.decref(object);
                Ok(())
            }
            Op::BINARY_OP_ADD_UNICODE if self.ty(self.peek(2)) == STR && self.ty(self.peek(1)) == STR => {
                let (left, right) = (self.peek(2), self.peek(1));
                self.operate(2, Receive::Push, |vm| vm.concat(left, right))
            }
            Op::CALL => {
                self.precalled = false;
                calls::call(self, unit)
            }
            Op::CALL_PY_WITH_DEFAULTS if self.call_with_defaults(unit.arg as usize) => Ok(()),
            // in code that is not warm
            Op::LOAD_GLOBAL => names::load_global(self, unit),
            Op::LOAD_ATTR => access::load_attr(self, unit),
            Op::STORE_ATTR => access::store_attr(self, unit),
            Op::LOAD_METHOD => access::load_method(self, unit),
            Op::BINARY_SUBSCR => access::binary_subscr(self, unit),
            Op::STORE_SUBSCR => access::store_subscr(self, unit),
            Op::BINARY_OP => operators::binary_op(self, unit),
            Op::UNPACK_SEQUENCE => build::unpack_sequence(self, unit),
            Op::PRECALL => calls::precall(self, unit),
            // what has found no form so far
            Op::CALL_ADAPTIVE if !self.precalled && self.waits(self.pc as usize - 1) => calls::call(self, unit),
            Op::PRECALL_ADAPTIVE if self.waits(self.pc as usize - 1) => calls::precall(self, unit),
            Op::LOAD_ATTR_ADAPTIVE if self.waits(self.pc as usize - 1) => access::load_attr(self, unit),
            Op::LOAD_METHOD_ADAPTIVE if self.waits(self.pc as usize - 1) => access::load_method(self, unit),
            Op::BINARY_SUBSCR_ADAPTIVE if self.waits(self.pc as usize - 1) => access::binary_subscr(self, unit),
            // names
            Op::LOAD_NAME => names::load_name(self, unit),
            Op::STORE_NAME => names::store_name(self, unit),
            Op::DELETE_NAME => names::delete_name(self, unit),
            Op::STORE_GLOBAL => names::store_global(self, unit),
            Op::DELETE_GLOBAL => names::delete_global(self, unit),
            Op::DELETE_FAST => names::delete_fast(self, unit),
            Op::MAKE_CELL => names::make_cell(self, unit),
            Op::DELETE_DEREF => names::delete_deref(self, unit),
            Op::LOAD_CLASSDEREF => names::load_classderef(self, unit),
            Op::SETUP_ANNOTATIONS => names::setup_annotations(self, unit),
            // operators
            Op::UNARY_POSITIVE | Op::UNARY_NEGATIVE | Op::UNARY_INVERT => operators::unary_op(self, unit),
            Op::UNARY_NOT => operators::unary_not(self, unit),
            // access
            Op::DELETE_SUBSCR => access::delete_subscr(self, unit),
            Op::DELETE_ATTR => access::delete_attr(self, unit),
            // build
            Op::BUILD_LIST => build::build_list(self, unit),
            Op::BUILD_SET => build::build_set(self, unit),
            Op::BUILD_MAP => build::build_map(self, unit),
            Op::BUILD_CONST_KEY_MAP => build::build_const_key_map(self, unit),
            Op::BUILD_STRING => strings::build_string(self, unit),
            Op::BUILD_SLICE => build::build_slice(self, unit),
            Op::LIST_TO_TUPLE => build::list_to_tuple(self, unit),
            Op::SET_ADD => build::set_add(self, unit),
            Op::MAP_ADD => build::map_add(self, unit),
            Op::LIST_EXTEND => build::list_extend(self, unit),
            Op::SET_UPDATE => build::set_update(self, unit),
            Op::DICT_UPDATE => build::dict_update(self, unit),
            Op::DICT_MERGE => build::dict_merge(self, unit),
            Op::FORMAT_VALUE => strings::format_value(self, unit),
            Op::UNPACK_EX => build::unpack_ex(self, unit),
            // jumps and iteration
            Op::JUMP_IF_FALSE_OR_POP | Op::JUMP_IF_TRUE_OR_POP => jumps::jump_if_or_pop(self, unit),
            Op::GET_ITER => jumps::get_iter(self, unit),
            // calls
            Op::KW_NAMES => calls::kw_names(self, unit),
            Op::CALL_FUNCTION_EX => calls::call_function_ex(self, unit),
            Op::MAKE_FUNCTION => calls::make_function(self, unit),
            Op::LOAD_BUILD_CLASS => calls::load_build_class(self, unit),
            Op::PRINT_EXPR => calls::print_expr(self, unit),
            // exceptions
            Op::RAISE_VARARGS => exceptions::raise_varargs(self, unit),
            Op::RERAISE => exceptions::reraise(self, unit),
            Op::CHECK_EG_MATCH => except_star::check_eg_match(self, unit),
            Op::PREP_RERAISE_STAR => except_star::prep_reraise_star(self, unit),
            Op::BEFORE_WITH => exceptions::before_with(self, unit),
            Op::WITH_EXCEPT_START => exceptions::with_except_start(self, unit),
            Op::LOAD_ASSERTION_ERROR => exceptions::load_assertion_error(self, unit),
            // generators and coroutines
            Op::RETURN_GENERATOR => generators::return_generator(self, unit),
            Op::GET_YIELD_FROM_ITER => generators::get_yield_from_iter(self, unit),
            Op::GET_AWAITABLE => asynchronous::get_awaitable(self, unit),
            Op::GET_AITER => asynchronous::get_aiter(self, unit),
            Op::GET_ANEXT => asynchronous::get_anext(self, unit),
            Op::END_ASYNC_FOR => asynchronous::end_async_for(self, unit),
            Op::BEFORE_ASYNC_WITH => asynchronous::before_async_with(self, unit),
            Op::ASYNC_GEN_WRAP => asynchronous::async_gen_wrap(self, unit),
            // match
            Op::GET_LEN => patterns::get_len(self, unit),
            Op::MATCH_MAPPING => patterns::match_mapping(self, unit),
            Op::MATCH_SEQUENCE => patterns::match_sequence(self, unit),
            Op::MATCH_KEYS => patterns::match_keys(self, unit),
            Op::MATCH_CLASS => patterns::match_class(self, unit),
            // imports
            Op::IMPORT_NAME => imports::import_name(self, unit),
            Op::IMPORT_FROM => imports::import_from(self, unit),
            Op::IMPORT_STAR => imports::import_star(self, unit),
            // done in the loop itself
            Op::RESUME | Op::NOP | Op::CACHE | Op::EXTENDED_ARG => Ok(()),
            op if op.has_forms() => self.run_form(op),
            op => unreachable!("{} is handled in the loop", op.name()),
        }
    }

    /// The form of an instruction that the loop has no short way for, or whose operands are not those of the short way.
    #[inline(never)]
    pub(super) fn run_form(&mut self, op: Op) -> Flow {
        let pc = self.pc as usize - 1;
        let unit = Unit { op: op.base(), ..self.units[pc] };
        if unit.op == Op::CALL && std::mem::take(&mut self.precalled) {
            return if self.calls_str(unit.arg) { self.call_str() } else { calls::call(self, unit) };
        }
        let form = if unit.op.adaptive() == Some(op) { self.adapt(pc, op) } else { op };
        if form != unit.op {
            // What has just found its form runs in it.
            if form == Op::BINARY_OP_INPLACE_ADD_UNICODE && form != op && operators::append(self) {
                return Ok(());
            }
            if !self.fits(pc, form) {
                self.miss(pc, form);
            } else if unit.op == Op::BINARY_OP && !matches!(form, Op::BINARY_OP_ADD_UNICODE | Op::BINARY_OP_INPLACE_ADD_UNICODE) {
                return operators::binary_op_of_numbers(self, unit);
            } else if unit.op == Op::PRECALL && !matches!(form, Op::PRECALL_PYFUNC | Op::PRECALL_BOUND_METHOD) {
                self.precalled = true;
                return Ok(());
            }
        }
        self.run_generic(unit)
    }

    /// An instruction that has forms, as it was compiled.
    pub(super) fn run_generic(&mut self, unit: Unit) -> Flow {
        match unit.op.base() {
            Op::BINARY_OP => operators::binary_op(self, unit),
            Op::COMPARE_OP => operators::compare_op(self, unit),
            Op::LOAD_GLOBAL => names::load_global(self, unit),
            Op::LOAD_ATTR => access::load_attr(self, unit),
            Op::STORE_ATTR => access::store_attr(self, unit),
            Op::LOAD_METHOD => access::load_method(self, unit),
            Op::BINARY_SUBSCR => access::binary_subscr(self, unit),
            Op::STORE_SUBSCR => access::store_subscr(self, unit),
            Op::UNPACK_SEQUENCE => build::unpack_sequence(self, unit),
            Op::PRECALL => calls::precall(self, unit),
            Op::CALL => {
                self.precalled = false;
                calls::call(self, unit)
            }
            op => unreachable!("{} has no forms", op.name()),
        }
    }
}
