//! The loop: fetches a unit, counts it, and does what its opcode says.
//!
//! Each opcode has a handler named like it, by family: [`stack`], [`names`], [`operators`], [`access`], [`build`],
//! [`jumps`], [`calls`], [`exceptions`], [`generators`], [`patterns`], [`imports`]. A few that run all the time are done
//! right here, with program counter and stack pointer in local variables.
//! Counterpart in CPython 3.11: `_PyEval_EvalFrameDefault` in `Python/ceval.c`.

pub mod access;
pub mod build;
pub mod calls;
pub mod except_star;
pub mod exceptions;
pub mod generators;
pub mod imports;
pub mod jumps;
pub mod names;
pub mod operators;
pub mod patterns;
pub mod stack;

use super::{
    Outcome, Raised, Res, Vm,
    frame::{Receive, Signal},
    hooks::{Due, Hooks, NoHooks},
    instr::Unit,
};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, core_types::*},
};

/// What a handler gives: nothing, or an exception. Frames it pushed run next.
pub type Flow = Result<(), Raised>;

/// Why [`Vm::run`] came back.
#[derive(Debug)]
pub enum RunEnd {
    /// The program's outermost frame ended.
    Finished(Result<ObjRef, Raised>),
    /// It waits for an answer to [`Vm::request`].
    Request,
    /// A hook said stop.
    Stopped,
    /// Every thread waits for another one.
    Deadlocked,
}

impl Vm {
    /// Starts a code object as the program's main module.
    pub fn start(&mut self, code: ObjRef, globals: ObjRef) -> Result<(), Raised> {
        match self.call_code(code, globals, globals, None)? {
            Outcome::Pushed => Ok(()),
            Outcome::Done(_) => unreachable!("code runs in a frame"),
        }
    }

    /// Runs below native code, without a debugger.
    pub(super) fn run_nested(&mut self) -> Result<ObjRef, Raised> {
        loop {
            match self.run(&mut NoHooks) {
                RunEnd::Finished(result) => return result,
                RunEnd::Request => {
                    let message = "input and clocks cannot be asked from within this operation";
                    self.answer(super::host::Answer::Failed(5, message.into()));
                }
                RunEnd::Stopped | RunEnd::Deadlocked => {}
            }
        }
    }

    /// Between two instructions: Python code that the last one left to be run, requests, the end. True: leave the loop.
    #[cold]
    fn attend(&mut self) -> bool {
        while self.threads.released || self.result.is_some() || self.request.is_some() {
            if self.request.is_some() || (self.result.is_some() && !self.is_over()) {
                return true;
            }
            if self.threads.released && self.pass_gil() {
                return true;
            }
        }
        self.attention = false;
        self.run_pending();
        // What finalizers left to be run in turn is looked at before the next instruction.
        let leaves = self.result.is_some() || self.request.is_some();
        self.attention |= leaves;
        leaves
    }

    /// Runs until the frames above [`Vm::floor`] are done, the program waits, or the hooks stop it.
    pub fn run(&mut self, hooks: &mut dyn Hooks) -> RunEnd {
        if self.attention && self.attend() {
            return self.run_end();
        }
        'outer: loop {
            // Registers: valid while one frame runs straight on.
            let mut pc = self.pc as usize;
            let mut sp = self.sp;
            let mut base = self.base;
            let mut countdown = self.countdown;

            macro_rules! store {
                () => {{
                    self.pc = pc as u32;
                    self.sp = sp;
                    self.countdown = countdown;
                }};
            }
            macro_rules! reload {
                () => {{
                    if self.attention {
                        if self.attend() {
                            return self.run_end();
                        }
                        continue 'outer;
                    }
                    pc = self.pc as usize;
                    sp = self.sp;
                    base = self.base;
                    countdown = self.countdown;
                }};
            }
            macro_rules! handle {
                ($call:expr) => {{
                    store!();
                    if let Err(raised) = $call {
                        self.unwind(raised);
                    }
                    reload!();
                }};
            }
            macro_rules! decref {
                ($object:expr) => {{
                    let object = $object;
                    if self.heap.decref_hits_zero(object) {
                        if matches!(self.heap.slot(object).body, Body::None) {
                            self.heap.release_number(object);
                        } else {
                            store!();
                            self.dealloc(object);
                            countdown = self.countdown;
                            if self.attention {
                                if self.attend() {
                                    return self.run_end();
                                }
                                continue 'outer;
                            }
                        }
                    }
                }};
            }
            macro_rules! push {
                ($object:expr) => {{
                    self.stack[sp] = Some($object);
                    sp += 1;
                }};
            }
            macro_rules! top {
                ($depth:expr) => {
                    match self.stack[sp - $depth] {
                        Some(object) => object,
                        None => unreachable_null(pc),
                    }
                };
            }

            'steps: loop {
                macro_rules! load_fast {
                    ($unit:expr) => {{
                        let unit = $unit;
                        match self.stack[base + unit.arg as usize] {
                            Some(value) => {
                                self.heap.incref(value);
                                push!(value);
                            }
                            None => {
                                handle!(names::unbound_local(self, unit));
                                continue 'steps;
                            }
                        }
                    }};
                }
                macro_rules! store_fast {
                    ($unit:expr) => {{
                        let unit = $unit;
                        sp -= 1;
                        let value = self.stack[sp].take();
                        let old = std::mem::replace(&mut self.stack[base + unit.arg as usize], value);
                        if let Some(old) = old {
                            decref!(old);
                        }
                    }};
                }
                macro_rules! load_const {
                    ($unit:expr) => {{
                        let value = $unit.object();
                        self.heap.incref(value);
                        push!(value);
                    }};
                }
                // The second half of a superinstruction, if it may run now.
                macro_rules! follow {
                    () => {{
                        let next = self.units[pc];
                        if countdown == 0 || next.op == Op::CACHE {
                            continue 'steps;
                        }
                        countdown -= 1;
                        pc += 1;
                        next
                    }};
                }
                let mut unit = if countdown == 0 {
                    store!();
                    match self.due(hooks) {
                        Due::Go(more) => {
                            self.granted += u64::from(more);
                            self.countdown = more;
                            reload!();
                            // Who is traced runs the code as it was compiled.
                            if !self.tracing.on || countdown == 0 {
                                continue;
                            }
                            let unit = self.units[pc];
                            Unit { op: unit.op.base(), ..unit }
                        }
                        Due::Stop => return RunEnd::Stopped,
                        Due::Interrupt => {
                            if !self.interrupt_main() || self.call_handler(2) {
                                reload!();
                                continue;
                            }
                            self.pc += 1; // the exception belongs to the instruction that did not run
                            let args = self.own(EMPTY_TUPLE);
                            let raised = self.raise_args(KEYBOARD_INTERRUPT, args);
                            self.unwind(raised);
                            reload!();
                            continue;
                        }
                    }
                } else {
                    self.units[pc]
                };
                countdown -= 1;
                pc += 1;
                'again: loop {
                    // The operands are not those that the form is for.
                    macro_rules! miss {
                        () => {{
                            store!();
                            unit.op = self.miss(pc - 1, unit.op);
                            continue 'again;
                        }};
                    }
                    // They may be: then the opcode as compiled does the rest.
                    macro_rules! hit_or_miss {
                        () => {{
                            store!();
                            unit.op = if self.fits(pc - 1, unit.op) { unit.op.base() } else { self.miss(pc - 1, unit.op) };
                            continue 'again;
                        }};
                    }
                    match unit.op {
                        Op::NOP | Op::EXTENDED_ARG => {}
                        Op::CACHE => {
                            pc -= 1;
                            countdown += 1;
                            store!();
                            if !self.at_armed(hooks) {
                                return RunEnd::Stopped;
                            }
                            countdown = self.countdown;
                        }
                        Op::RESUME => {
                            store!();
                            self.warm_up();
                        }
                        Op::RESUME_QUICK => {}
                        Op::LOAD_FAST => load_fast!(unit),
                        Op::STORE_FAST => store_fast!(unit),
                        Op::LOAD_CONST => load_const!(unit),
                        Op::LOAD_FAST__LOAD_FAST => {
                            load_fast!(unit);
                            load_fast!(follow!());
                        }
                        Op::LOAD_FAST__LOAD_CONST => {
                            load_fast!(unit);
                            load_const!(follow!());
                        }
                        Op::LOAD_CONST__LOAD_FAST => {
                            load_const!(unit);
                            load_fast!(follow!());
                        }
                        Op::STORE_FAST__LOAD_FAST => {
                            store_fast!(unit);
                            load_fast!(follow!());
                        }
                        Op::STORE_FAST__STORE_FAST => {
                            store_fast!(unit);
                            store_fast!(follow!());
                        }
                        Op::POP_TOP => {
                            sp -= 1;
                            if let Some(value) = self.stack[sp].take() {
                                decref!(value);
                            }
                        }
                        Op::PUSH_NULL => {
                            self.stack[sp] = None;
                            sp += 1;
                        }
                        Op::BINARY_OP => {
                            let (left, right) = (top!(2), top!(1));
                            let (a, b) = (self.heap.slot(left), self.heap.slot(right));
                            let result = if a.ty == INT && b.ty == INT {
                                if matches!(a.body, Body::None) && matches!(b.body, Body::None) {
                                    operators::small_int_op(unit.arg, a.num as i64, b.num as i64).map(|value| {
                                        if let Some(shared) = small_int(value) {
                                            self.heap.incref(shared);
                                            shared
                                        } else {
                                            self.heap.alloc_int(INT, value)
                                        }
                                    })
                                } else {
                                    None
                                }
                            } else if a.ty == FLOAT && b.ty == FLOAT {
                                operators::float_op(unit.arg, f64::from_bits(a.num), f64::from_bits(b.num))
                                    .map(|value| self.heap.alloc_float(value))
                            } else {
                                None
                            };
                            match result {
                                Some(value) => {
                                    sp -= 1;
                                    self.stack[sp] = None;
                                    self.stack[sp - 1] = Some(value);
                                    if self.heap.decref_hits_zero(right) {
                                        self.heap.release_number(right);
                                    }
                                    if self.heap.decref_hits_zero(left) {
                                        self.heap.release_number(left);
                                    }
                                }
                                None => handle!(operators::binary_op(self, unit)),
                            }
                        }
                        Op::COMPARE_OP => {
                            let (left, right) = (top!(2), top!(1));
                            let (a, b) = (self.heap.slot(left), self.heap.slot(right));
                            let order = if a.ty == INT && b.ty == INT && matches!(a.body, Body::None) && matches!(b.body, Body::None) {
                                Some(operators::holds(unit.arg, (a.num as i64).cmp(&(b.num as i64))))
                            } else if a.ty == FLOAT && b.ty == FLOAT {
                                let (x, y) = (f64::from_bits(a.num), f64::from_bits(b.num));
                                Some(match x.partial_cmp(&y) {
                                    Some(order) => operators::holds(unit.arg, order),
                                    None => unit.arg == 3,
                                })
                            } else {
                                None
                            };
                            match order {
                                Some(verdict) => {
                                    let verdict = bool_object(verdict);
                                    self.heap.incref(verdict);
                                    sp -= 1;
                                    self.stack[sp] = None;
                                    self.stack[sp - 1] = Some(verdict);
                                    if self.heap.decref_hits_zero(right) {
                                        self.heap.release_number(right);
                                    }
                                    if self.heap.decref_hits_zero(left) {
                                        self.heap.release_number(left);
                                    }
                                }
                                None => handle!(operators::compare_op(self, unit)),
                            }
                        }
                        Op::POP_JUMP_FORWARD_IF_FALSE | Op::POP_JUMP_BACKWARD_IF_FALSE => match top!(1) {
                            FALSE => {
                                sp -= 1;
                                self.stack[sp] = None;
                                self.heap.slot_mut(FALSE).refcount -= 1;
                                pc = unit.arg as usize;
                            }
                            TRUE => {
                                sp -= 1;
                                self.stack[sp] = None;
                                self.heap.slot_mut(TRUE).refcount -= 1;
                            }
                            _ => handle!(jumps::pop_jump_if(self, unit)),
                        },
                        Op::POP_JUMP_FORWARD_IF_TRUE | Op::POP_JUMP_BACKWARD_IF_TRUE => match top!(1) {
                            TRUE => {
                                sp -= 1;
                                self.stack[sp] = None;
                                self.heap.slot_mut(TRUE).refcount -= 1;
                                pc = unit.arg as usize;
                            }
                            FALSE => {
                                sp -= 1;
                                self.stack[sp] = None;
                                self.heap.slot_mut(FALSE).refcount -= 1;
                            }
                            _ => handle!(jumps::pop_jump_if(self, unit)),
                        },
                        Op::JUMP_FORWARD | Op::JUMP_BACKWARD_NO_INTERRUPT => pc = unit.arg as usize,
                        Op::JUMP_BACKWARD => {
                            store!();
                            self.warm_up();
                            pc = unit.arg as usize;
                            if self.heap.budget < 0 {
                                handle!(self.check_memory());
                            }
                        }
                        Op::JUMP_BACKWARD_QUICK => {
                            pc = unit.arg as usize;
                            if self.heap.budget < 0 {
                                handle!(self.check_memory());
                            }
                        }
                        Op::FOR_ITER => {
                            let iterator = top!(1);
                            if self.heap.ty(iterator) == RANGE_ITERATOR {
                                match self.range_iter_next(iterator) {
                                    Some(value) => push!(value),
                                    None => {
                                        sp -= 1;
                                        self.stack[sp] = None;
                                        pc = unit.arg as usize;
                                        decref!(iterator);
                                    }
                                }
                            } else {
                                handle!(jumps::for_iter(self, unit));
                            }
                        }
                        Op::LOAD_GLOBAL => handle!(names::load_global(self, unit)),
                        Op::LOAD_GLOBAL_MODULE | Op::LOAD_GLOBAL_BUILTIN => {
                            let cache = self.caches[pc - 1];
                            let found = if unit.op == Op::LOAD_GLOBAL_MODULE {
                                names::cached_global(self, cache)
                            } else {
                                names::cached_builtin(self, cache)
                            };
                            let Some(value) = found else { miss!() };
                            if unit.flag != 0 {
                                self.stack[sp] = None;
                                sp += 1;
                            }
                            self.heap.incref(value);
                            push!(value);
                        }
                        Op::BINARY_SUBSCR => {
                            let (container, key) = (top!(2), top!(1));
                            let found = if matches!(self.heap.ty(container), LIST | TUPLE) && self.heap.ty(key) == INT {
                                match (&self.heap.slot(container).body, &self.heap.slot(key)) {
                                    (Body::List(items) | Body::Tuple(items), index) if matches!(index.body, Body::None) => {
                                        items.get(index.num as usize).copied()
                                    }
                                    _ => None,
                                }
                            } else {
                                None
                            };
                            match found {
                                Some(value) => {
                                    self.heap.incref(value);
                                    sp -= 1;
                                    self.stack[sp] = None;
                                    self.stack[sp - 1] = Some(value);
                                    if self.heap.decref_hits_zero(key) {
                                        self.heap.release_number(key);
                                    }
                                    decref!(container);
                                }
                                None => handle!(access::binary_subscr(self, unit)),
                            }
                        }
                        Op::LOAD_ATTR => handle!(access::load_attr(self, unit)),
                        Op::LOAD_ATTR_INSTANCE_VALUE => {
                            let object = top!(1);
                            let Some(value) = access::instance_value(self, object, self.caches[pc - 1]) else { miss!() };
                            self.heap.incref(value);
                            self.stack[sp - 1] = Some(value);
                            decref!(object);
                        }
                        Op::LOAD_ATTR_SLOT => {
                            let object = top!(1);
                            let Some(value) = access::slot_value(self, object, self.caches[pc - 1]) else { miss!() };
                            self.heap.incref(value);
                            self.stack[sp - 1] = Some(value);
                            decref!(object);
                        }
                        Op::STORE_ATTR => handle!(access::store_attr(self, unit)),
                        Op::STORE_ATTR_INSTANCE_VALUE | Op::STORE_ATTR_SLOT => {
                            let (object, value, cache) = (top!(1), top!(2), self.caches[pc - 1]);
                            let old = if unit.op == Op::STORE_ATTR_SLOT {
                                access::store_slot(self, object, cache, value)
                            } else {
                                access::store_instance_value(self, object, cache, value)
                            };
                            let Some(old) = old else { hit_or_miss!() };
                            sp -= 2;
                            self.stack[sp] = None;
                            self.stack[sp + 1] = None;
                            if let Some(old) = old {
                                decref!(old);
                            }
                            decref!(object);
                        }
                        Op::LOAD_METHOD => handle!(access::load_method(self, unit)),
                        Op::LOAD_METHOD_NO_DICT | Op::LOAD_METHOD_WITH_VALUES => {
                            let (object, cache) = (top!(1), self.caches[pc - 1]);
                            let is_it = if unit.op == Op::LOAD_METHOD_NO_DICT {
                                access::is_of_type(self, object, cache)
                            } else {
                                access::has_no_such_value(self, object, cache)
                            };
                            if !is_it {
                                miss!();
                            }
                            let method = ObjRef::new(cache.object);
                            self.heap.incref(method);
                            self.stack[sp - 1] = Some(method);
                            push!(object);
                        }
                        Op::RETURN_VALUE => {
                            sp -= 1;
                            let value = top!(0);
                            self.stack[sp] = None;
                            store!();
                            self.return_value(value);
                            reload!();
                        }
                        Op::PRECALL => {
                            // Only a bound method needs anything: it is taken apart.
                            let at = sp - 1 - unit.arg as usize;
                            if self.stack[at - 1].is_none() && self.stack[at].is_some_and(|callable| self.heap.ty(callable) == METHOD) {
                                handle!(calls::precall(self, unit));
                            }
                        }
                        Op::PRECALL_PYFUNC => {
                            let at = sp - 1 - unit.arg as usize;
                            let callable = self.stack[at - 1].or(self.stack[at]);
                            if callable.is_none_or(|callable| self.heap.ty(callable) != FUNCTION) {
                                miss!();
                            }
                        }
                        Op::PRECALL_BOUND_METHOD => {
                            let at = sp - 1 - unit.arg as usize;
                            if self.stack[at - 1].is_some() || self.stack[at].is_none_or(|callable| self.heap.ty(callable) != METHOD) {
                                miss!();
                            }
                            handle!(calls::precall(self, unit));
                        }
                        Op::PRECALL_BUILTIN_CLASS
                        | Op::PRECALL_BUILTIN_FAST_WITH_KEYWORDS
                        | Op::PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS
                        | Op::PRECALL_NO_KW_BUILTIN_FAST
                        | Op::PRECALL_NO_KW_BUILTIN_O
                        | Op::PRECALL_NO_KW_ISINSTANCE
                        | Op::PRECALL_NO_KW_LEN
                        | Op::PRECALL_NO_KW_LIST_APPEND
                        | Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST
                        | Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS
                        | Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_O
                        | Op::PRECALL_NO_KW_STR_1
                        | Op::PRECALL_NO_KW_TUPLE_1
                        | Op::PRECALL_NO_KW_TYPE_1 => {
                            store!();
                            if !self.fits(pc - 1, unit.op) {
                                miss!();
                            }
                            // The whole call at once, unless somebody wants to look in between.
                            if countdown != 0 && self.units[pc].op != Op::CACHE {
                                countdown -= 1;
                                unit = self.units[pc];
                                pc += 1;
                                handle!(calls::call(self, unit));
                            } else {
                                self.precalled = true;
                            }
                        }
                        Op::CALL => {
                            self.precalled = false;
                            handle!(calls::call(self, unit));
                        }
                        Op::CALL_ADAPTIVE | Op::CALL_PY_EXACT_ARGS | Op::CALL_PY_WITH_DEFAULTS if self.precalled => {
                            unit.op = Op::CALL;
                            continue 'again;
                        }
                        Op::BINARY_OP_ADAPTIVE
                        | Op::BINARY_SUBSCR_ADAPTIVE
                        | Op::CALL_ADAPTIVE
                        | Op::COMPARE_OP_ADAPTIVE
                        | Op::LOAD_ATTR_ADAPTIVE
                        | Op::LOAD_GLOBAL_ADAPTIVE
                        | Op::LOAD_METHOD_ADAPTIVE
                        | Op::PRECALL_ADAPTIVE
                        | Op::STORE_ATTR_ADAPTIVE
                        | Op::STORE_SUBSCR_ADAPTIVE
                        | Op::UNPACK_SEQUENCE_ADAPTIVE => {
                            store!();
                            unit.op = self.adapt(pc - 1, unit.op);
                            continue 'again;
                        }
                        // The other forms say what is to be expected; the opcode as compiled looks for that first.
                        Op::BINARY_OP_ADD_FLOAT
                        | Op::BINARY_OP_ADD_INT
                        | Op::BINARY_OP_ADD_UNICODE
                        | Op::BINARY_OP_INPLACE_ADD_UNICODE
                        | Op::BINARY_OP_MULTIPLY_FLOAT
                        | Op::BINARY_OP_MULTIPLY_INT
                        | Op::BINARY_OP_SUBTRACT_FLOAT
                        | Op::BINARY_OP_SUBTRACT_INT
                        | Op::BINARY_SUBSCR_DICT
                        | Op::BINARY_SUBSCR_GETITEM
                        | Op::BINARY_SUBSCR_LIST_INT
                        | Op::BINARY_SUBSCR_TUPLE_INT
                        | Op::CALL_PY_EXACT_ARGS
                        | Op::CALL_PY_WITH_DEFAULTS
                        | Op::COMPARE_OP_FLOAT_JUMP
                        | Op::COMPARE_OP_INT_JUMP
                        | Op::COMPARE_OP_STR_JUMP
                        | Op::LOAD_ATTR_MODULE
                        | Op::LOAD_ATTR_WITH_HINT
                        | Op::LOAD_METHOD_CLASS
                        | Op::LOAD_METHOD_MODULE
                        | Op::LOAD_METHOD_WITH_DICT
                        | Op::STORE_ATTR_WITH_HINT
                        | Op::STORE_SUBSCR_DICT
                        | Op::STORE_SUBSCR_LIST_INT
                        | Op::UNPACK_SEQUENCE_LIST
                        | Op::UNPACK_SEQUENCE_TUPLE
                        | Op::UNPACK_SEQUENCE_TWO_TUPLE => hit_or_miss!(),
                        _ => handle!(self.dispatch(unit)),
                    }
                    break;
                }
            }
        }
    }

    fn run_end(&mut self) -> RunEnd {
        if self.request.is_some() {
            return RunEnd::Request;
        }
        if self.threads.deadlocked {
            return RunEnd::Deadlocked;
        }
        self.attention = !self.pending.is_empty();
        match self.result.take() {
            Some(result) => RunEnd::Finished(result),
            None => RunEnd::Stopped,
        }
    }

    /// The running frame returns a value (owned).
    #[inline]
    pub fn return_value(&mut self, value: ObjRef) {
        let is_generator = self.frame().generator.is_some();
        let receive = self.pop_python_frame();
        if self.attention && !self.pending.is_empty() {
            // Finalizers of dead locals run before the caller goes on.
            return self.deliver_after_pending(receive, value, is_generator);
        }
        if !is_generator && self.is_pushed(receive) {
            return self.push(value);
        }
        if value == NONE
            && let Some((receive, instance)) = self.finish_init()
        {
            self.heap.slot_mut(NONE).refcount -= 1;
            if self.is_pushed(receive) {
                return self.push(instance);
            }
            return self.deliver(receive, Signal::Value(instance));
        }
        self.deliver(receive, if is_generator { Signal::Finished(value) } else { Signal::Value(value) });
    }

    /// Whether a value goes on the stack of a Python frame that waits for it, as it is.
    #[inline(always)]
    fn is_pushed(&self, receive: Receive) -> bool {
        matches!(receive, Receive::Push | Receive::Call)
            && self.frames.len() > self.floor
            && matches!(self.frames.last(), Some(super::frame::Frame { kind: super::frame::FrameKind::Python(_), .. }))
    }

    /// One arm an opcode.
    #[inline(never)]
    fn dispatch(&mut self, unit: Unit) -> Flow {
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
            Op::STORE_SUBSCR => access::store_subscr(self, unit),
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
            Op::UNPACK_SEQUENCE => build::unpack_sequence(self, unit),
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
            op => unreachable!("{} is handled in the loop", op.name()),
        }
    }

    /// Goes on with a value when the finalizers of dead objects have run.
    #[cold]
    fn deliver_after_pending(&mut self, receive: Receive, value: ObjRef, is_generator: bool) {
        self.attention = false;
        let depth = self.frames.len();
        let waiting = super::native_frame::Deferred { value: Some(value), finished: is_generator };
        match self.start_native(waiting) {
            Ok(Outcome::Pushed) => self.receive(depth, receive),
            Ok(Outcome::Done(value)) => {
                self.deliver(receive, if is_generator { Signal::Finished(value) } else { Signal::Value(value) });
            }
            Err(raised) => self.deliver(receive, Signal::Raised(raised)),
        }
    }

    /// Does something with the top `n` values, which stay on the stack until the result is there: Python code that runs
    /// meanwhile sees their counts as in CPython. The result is received as told.
    #[inline]
    pub(super) fn operate(&mut self, n: usize, receive: Receive, apply: impl FnOnce(&mut Vm) -> Res) -> Flow {
        let depth = self.frames.len();
        let floor = self.sp - n;
        match apply(self)? {
            Outcome::Done(value) => {
                let top = self.sp;
                self.drop_stack(floor, top);
                match receive {
                    Receive::Discard => self.decref(value),
                    Receive::Unpack => build::spread_items(self, value),
                    _ => self.push(value),
                }
            }
            Outcome::Pushed => {
                let frame = &mut self.frames[depth];
                frame.receive = receive;
                frame.return_sp = floor as u32;
            }
        }
        Ok(())
    }

    /// The same for a truth value; `invert` it for `not`.
    pub(super) fn operate_bool(&mut self, n: usize, invert: bool, apply: impl FnOnce(&mut Vm) -> Res<bool>) -> Flow {
        let receive = if invert { Receive::Not } else { Receive::Push };
        self.operate(n, receive, |vm| {
            Ok(match apply(vm)? {
                Outcome::Done(verdict) => Outcome::Done(vm.new_bool(verdict != invert)),
                Outcome::Pushed => Outcome::Pushed,
            })
        })
    }

    /// Stores an outcome where the instruction's result goes: on the stack.
    #[inline]
    pub(super) fn push_outcome(&mut self, outcome: Outcome) {
        if let Outcome::Done(value) = outcome {
            self.push(value);
        }
    }

    /// Drops an outcome that the instruction does not want.
    #[inline]
    pub(super) fn discard_outcome(&mut self, depth: usize, outcome: Outcome) {
        if let Some(value) = self.receiving(depth, outcome, Receive::Discard) {
            self.decref(value);
        }
    }
}

#[cold]
fn unreachable_null(pc: usize) -> ! {
    panic!("unit {} finds NULL where a value must be", pc - 1)
}
