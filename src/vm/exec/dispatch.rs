//! What the loop does not do itself: one arm an opcode, and the forms of running code.
//!
//! A form says what is to be expected of the operands. The loop has a short way for the commonest; for the others it is looked
//! at whether they are as expected, and then the instruction is done as it was compiled.

use super::{Flow, Unit, access, build, calls, except_star, exceptions, generators, imports, jumps, names, operators, patterns, stack};
use crate::{bytecode::opcode::Op, vm::Vm};

impl Vm {
    /// One arm an opcode.
    #[inline(never)]
    pub(super) fn dispatch(&mut self, unit: Unit) -> Flow {
        match unit.op {
            // stack
            Op::COPY => stack::copy(self, unit),
            Op::SWAP => stack::swap(self, unit),
            // names
            Op::LOAD_NAME => names::load_name(self, unit),
            Op::STORE_NAME => names::store_name(self, unit),
            Op::DELETE_NAME => names::delete_name(self, unit),
            Op::STORE_GLOBAL => names::store_global(self, unit),
            Op::DELETE_GLOBAL => names::delete_global(self, unit),
            Op::DELETE_FAST => names::delete_fast(self, unit),
            Op::MAKE_CELL => names::make_cell(self, unit),
            Op::COPY_FREE_VARS => names::copy_free_vars(self, unit),
            Op::LOAD_CLOSURE => names::load_closure(self, unit),
            Op::LOAD_DEREF => names::load_deref(self, unit),
            Op::STORE_DEREF => names::store_deref(self, unit),
            Op::DELETE_DEREF => names::delete_deref(self, unit),
            Op::LOAD_CLASSDEREF => names::load_classderef(self, unit),
            Op::SETUP_ANNOTATIONS => names::setup_annotations(self, unit),
            // operators
            Op::UNARY_POSITIVE | Op::UNARY_NEGATIVE | Op::UNARY_INVERT => operators::unary_op(self, unit),
            Op::UNARY_NOT => operators::unary_not(self, unit),
            Op::IS_OP => operators::is_op(self, unit),
            Op::CONTAINS_OP => operators::contains_op(self, unit),
            // access
            Op::DELETE_SUBSCR => access::delete_subscr(self, unit),
            Op::DELETE_ATTR => access::delete_attr(self, unit),
            // build
            Op::BUILD_TUPLE => build::build_tuple(self, unit),
            Op::BUILD_LIST => build::build_list(self, unit),
            Op::BUILD_SET => build::build_set(self, unit),
            Op::BUILD_MAP => build::build_map(self, unit),
            Op::BUILD_CONST_KEY_MAP => build::build_const_key_map(self, unit),
            Op::BUILD_STRING => build::build_string(self, unit),
            Op::BUILD_SLICE => build::build_slice(self, unit),
            Op::LIST_TO_TUPLE => build::list_to_tuple(self, unit),
            Op::LIST_APPEND => build::list_append(self, unit),
            Op::SET_ADD => build::set_add(self, unit),
            Op::MAP_ADD => build::map_add(self, unit),
            Op::LIST_EXTEND => build::list_extend(self, unit),
            Op::SET_UPDATE => build::set_update(self, unit),
            Op::DICT_UPDATE => build::dict_update(self, unit),
            Op::DICT_MERGE => build::dict_merge(self, unit),
            Op::FORMAT_VALUE => build::format_value(self, unit),
            Op::UNPACK_EX => build::unpack_ex(self, unit),
            // jumps and iteration
            Op::JUMP_IF_FALSE_OR_POP | Op::JUMP_IF_TRUE_OR_POP => jumps::jump_if_or_pop(self, unit),
            Op::POP_JUMP_FORWARD_IF_NONE | Op::POP_JUMP_BACKWARD_IF_NONE => jumps::pop_jump_if_none(self, unit),
            Op::POP_JUMP_FORWARD_IF_NOT_NONE | Op::POP_JUMP_BACKWARD_IF_NOT_NONE => jumps::pop_jump_if_not_none(self, unit),
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
            Op::PUSH_EXC_INFO => exceptions::push_exc_info(self, unit),
            Op::POP_EXCEPT => exceptions::pop_except(self, unit),
            Op::CHECK_EXC_MATCH => exceptions::check_exc_match(self, unit),
            Op::CHECK_EG_MATCH => except_star::check_eg_match(self, unit),
            Op::PREP_RERAISE_STAR => except_star::prep_reraise_star(self, unit),
            Op::BEFORE_WITH => exceptions::before_with(self, unit),
            Op::WITH_EXCEPT_START => exceptions::with_except_start(self, unit),
            Op::LOAD_ASSERTION_ERROR => exceptions::load_assertion_error(self, unit),
            // generators and coroutines
            Op::RETURN_GENERATOR => generators::return_generator(self, unit),
            Op::YIELD_VALUE => generators::yield_value(self, unit),
            Op::SEND => generators::send(self, unit),
            Op::GET_YIELD_FROM_ITER => generators::get_yield_from_iter(self, unit),
            Op::GET_AWAITABLE => generators::get_awaitable(self, unit),
            Op::GET_AITER => generators::get_aiter(self, unit),
            Op::GET_ANEXT => generators::get_anext(self, unit),
            Op::END_ASYNC_FOR => generators::end_async_for(self, unit),
            Op::BEFORE_ASYNC_WITH => generators::before_async_with(self, unit),
            Op::ASYNC_GEN_WRAP => generators::async_gen_wrap(self, unit),
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
            op if op.base().adaptive().is_some() => self.run_generic(unit),
            op => unreachable!("{} is handled in the loop", op.name()),
        }
    }

    /// The form of an instruction that the loop has no short way for, or whose operands are not those of the short way.
    #[inline(never)]
    pub(super) fn run_form(&mut self, op: Op) -> Flow {
        let pc = self.pc as usize - 1;
        let unit = Unit { op: op.base(), ..self.units[pc] };
        if unit.op == Op::CALL && std::mem::take(&mut self.precalled) {
            return calls::call(self, unit);
        }
        let form = if unit.op.adaptive() == Some(op) { self.adapt(pc, op) } else { op };
        if form != unit.op {
            if !self.fits(pc, form) {
                self.miss(pc, form);
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
