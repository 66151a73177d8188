//! The loop: fetches a unit, counts it, and does what its opcode says.
//!
//! Each opcode has a handler named like it, by family: [`names`], [`operators`], [`access`], [`build`],
//! [`strings`], [`jumps`], [`calls`], [`exceptions`], [`generators`], [`asynchronous`], [`patterns`], [`imports`]. A few that run all the time
//! are done right here, with program counter and stack pointer in local variables.
//! Counterpart in CPython 3.11: `_PyEval_EvalFrameDefault` in `Python/ceval.c`.

pub mod access;
pub mod asynchronous;
pub mod build;
pub mod calls;
mod dispatch; // one arm an opcode
pub mod except_star;
pub mod exceptions;
pub mod generators;
pub mod imports;
pub mod jumps;
pub mod names;
pub mod operators;
mod outcome; // where results go
pub mod patterns;
pub mod strings;
mod throwing; // exceptions into generators

use super::{
    Outcome, Raised, Vm,
    frame::Receive,
    hooks::{Below, Due, Hooks},
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
            match self.run(&mut Below) {
                RunEnd::Finished(result) => {
                    self.attention |= self.threads.deadlocked;
                    return result;
                }
                RunEnd::Request if self.answer_nested() => {}
                RunEnd::Request => return Err(self.give_up(true)),
                RunEnd::Stopped => return Err(self.give_up(false)),
                RunEnd::Deadlocked => {}
            }
        }
    }

    /// Between two instructions: Python code that the last one left to be run, requests, the end. True: leave the loop.
    #[cold]
    fn attend(&mut self) -> bool {
        if (self.threads.deadlocked && self.nested_runs == 0) || self.given_up.is_some() {
            return true;
        }
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
        loop {
            let end = if self.countdown < self.longest { self.run_counted::<true>(hooks) } else { self.run_counted::<false>(hooks) };
            if let Some(end) = end {
                return end;
            }
        }
    }

    /// The loop itself, in two copies: one that looks before each instruction whether it may still run (`EACH`), and one that
    /// looks only where it goes back or leaves the frame, as between two such places there are at most [`Vm::longest`]
    /// instructions. `None`: the other copy is to go on.
    fn run_counted<const EACH: bool>(&mut self, hooks: &mut dyn Hooks) -> Option<RunEnd> {
        'outer: loop {
            // Registers: valid while one frame runs straight on. `limit` is where the instructions granted would end in a code
            // without jumps: it moves with each jump, and `limit - pc` is the countdown.
            let mut pc = self.pc as usize;
            let mut sp = self.sp;
            let mut base = self.base;
            let mut limit = pc + self.countdown as usize;
            if !EACH && self.countdown < self.longest {
                return None;
            }

            macro_rules! store {
                () => {{
                    self.pc = pc as u32;
                    self.sp = sp;
                    debug_assert!(limit >= pc, "more instructions ran than were granted");
                    self.countdown = limit.wrapping_sub(pc) as u32;
                }};
            }
            // After work outside the loop: may it go on where it was?
            macro_rules! look_up {
                () => {{
                    if self.attention {
                        if self.attend() {
                            return Some(self.run_end());
                        }
                        continue 'outer;
                    }
                    if !EACH && self.countdown < self.longest {
                        return None;
                    }
                }};
            }
            macro_rules! reload {
                () => {{
                    look_up!();
                    pc = self.pc as usize;
                    sp = self.sp;
                    base = self.base;
                    limit = pc + self.countdown as usize;
                }};
            }
            macro_rules! jump {
                ($target:expr) => {{
                    let target = $target as usize;
                    // The compiler would negate `pc` before each instruction, to have it here.
                    limit = limit.wrapping_add(target).wrapping_sub(std::hint::black_box(pc));
                    pc = target;
                }};
            }
            // A jump that may go back.
            macro_rules! jump_back {
                ($target:expr) => {{
                    jump!($target);
                    if !EACH && limit.wrapping_sub(pc) < self.longest as usize {
                        store!();
                        return None;
                    }
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
            // What nobody holds any more and is no mere number goes.
            macro_rules! dealloc {
                ($object:expr) => {{
                    store!();
                    self.dealloc($object);
                    look_up!();
                    limit = pc + self.countdown as usize;
                }};
            }
            macro_rules! decref {
                ($object:expr) => {{
                    let object = $object;
                    if self.heap.decref_hits_zero(object) {
                        if matches!(self.heap.slot(object).body, Body::None) {
                            self.heap.release_number(object);
                        } else {
                            dealloc!(object);
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
                    ($arg:expr) => {{
                        let arg = $arg;
                        match self.stack[base + arg as usize] {
                            Some(value) => {
                                self.heap.incref(value);
                                push!(value);
                            }
                            None => {
                                handle!(names::unbound_local(self, self.units[pc - 1]));
                                continue 'steps;
                            }
                        }
                    }};
                }
                macro_rules! store_fast {
                    ($arg:expr) => {{
                        let arg = $arg;
                        sp -= 1;
                        let value = self.stack[sp].take();
                        let old = std::mem::replace(&mut self.stack[base + arg as usize], value);
                        if let Some(old) = old {
                            decref!(old);
                        }
                    }};
                }
                macro_rules! load_const {
                    ($arg:expr) => {{
                        let value = ObjRef::new($arg);
                        self.heap.incref(value);
                        push!(value);
                    }};
                }
                // An attribute in the place of its object, where the form fits.
                macro_rules! load_attr {
                    ($op:expr, |$object:ident, $cache:ident| $found:expr) => {{
                        let ($object, $cache) = (top!(1), self.caches[pc - 1]);
                        match $found {
                            Some(value) => {
                                self.heap.incref(value);
                                self.stack[sp - 1] = Some(value);
                                decref!($object);
                            }
                            None => handle!(self.run_form($op)),
                        }
                    }};
                }
                // The second half of a superinstruction, if it may run now.
                macro_rules! follow {
                    () => {{
                        if EACH && limit == pc {
                            continue 'steps;
                        }
                        let next = &self.units[pc];
                        pc += 1;
                        next.arg
                    }};
                }
                // Gives a number back.
                macro_rules! release_number {
                    ($object:expr) => {{
                        let object = $object;
                        if self.heap.decref_hits_zero(object) {
                            self.heap.release_number(object);
                        }
                    }};
                }
                // Puts a result in the place of two numbers, and gives these back in order: the forms of an operator begin at the
                // right, all else at the left.
                macro_rules! replace_numbers {
                    ($value:expr, $first:expr, $second:expr) => {{
                        let value = $value;
                        sp -= 1;
                        self.stack[sp] = None;
                        self.stack[sp - 1] = Some(value);
                        release_number!($first);
                        release_number!($second);
                    }};
                }
                // Two numbers were compared, and the jump that comes next is done with it.
                macro_rules! compared {
                    ($left:expr, $right:expr, $jumps:expr, $target:expr) => {{
                        pc += 1;
                        sp -= 2;
                        self.stack[sp] = None;
                        self.stack[sp + 1] = None;
                        release_number!($left);
                        release_number!($right);
                        if $jumps {
                            jump_back!($target);
                        }
                    }};
                }
                macro_rules! int_op {
                    ($op:expr, |$x:ident, $y:ident| $apply:expr) => {{
                        let (left, right) = (top!(2), top!(1));
                        let (a, b) = (self.heap.slot(left), self.heap.slot(right));
                        let are_short = a.ty == INT && b.ty == INT && matches!(a.body, Body::None) && matches!(b.body, Body::None);
                        let ($x, $y) = (a.num as i64, b.num as i64);
                        match if are_short { $apply } else { None } {
                            Some(value) => match small_int(value) {
                                Some(shared) => {
                                    self.heap.incref(shared);
                                    replace_numbers!(shared, right, left);
                                }
                                None => replace_numbers!(self.heap.alloc_int(INT, value), right, left),
                            },
                            None => handle!(self.run_form($op)),
                        }
                    }};
                }
                macro_rules! float_op {
                    ($op:expr, |$x:ident, $y:ident| $apply:expr) => {{
                        let (left, right) = (top!(2), top!(1));
                        let (a, b) = (self.heap.slot(left), self.heap.slot(right));
                        let ($x, $y) = (f64::from_bits(a.num), f64::from_bits(b.num));
                        match if a.ty == FLOAT && b.ty == FLOAT { $apply } else { None } {
                            Some(value) => replace_numbers!(self.heap.alloc_float(value), right, left),
                            None => handle!(self.run_form($op)),
                        }
                    }};
                }
                if EACH && limit == pc {
                    store!();
                    match self.due(hooks) {
                        Due::Go(more) => {
                            self.granted += u64::from(more);
                            self.countdown = more;
                            reload!();
                            // Who is traced runs the code as it was compiled.
                            if self.tracing.on && more != 0 {
                                let unit = self.units[pc];
                                if unit.op != unit.op.base() && unit.op.base().adaptive().is_some() {
                                    pc += 1;
                                    handle!(self.run_generic(unit));
                                }
                            }
                            if self.countdown >= self.longest {
                                return None;
                            }
                            continue;
                        }
                        Due::Stop => return Some(RunEnd::Stopped),
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
                }
                let (op, arg) = {
                    let unit = &self.units[pc];
                    (if EACH { unit.op } else { unit.run }, unit.arg)
                };
                pc += 1;
                // What a load of a variable or constant gives, borrowed.
                macro_rules! borrowed {
                    ($unit:expr) => {{
                        let unit = $unit;
                        match unit.op {
                            Op::LOAD_CONST | Op::LOAD_CONST__LOAD_FAST => Some(unit.object()),
                            _ => self.stack[base + unit.arg as usize],
                        }
                    }};
                }
                // The first of several units alone, where the others have to be looked at.
                macro_rules! load_alone {
                    () => {
                        match unit!().op {
                            Op::LOAD_CONST | Op::LOAD_CONST__LOAD_FAST => load_const!(arg),
                            _ => load_fast!(arg),
                        }
                    };
                }
                // A new value goes into the variable that is stored to next, or onto the stack.
                macro_rules! store_or_push {
                    ($value:expr) => {{
                        let (value, next) = ($value, &self.units[pc]);
                        match next.op {
                            Op::STORE_FAST | Op::STORE_FAST__LOAD_FAST | Op::STORE_FAST__STORE_FAST if !EACH => {
                                pc += 1;
                                if let Some(old) = self.stack[base + next.arg as usize].replace(value) {
                                    decref!(old);
                                }
                            }
                            _ => push!(value),
                        }
                    }};
                }
                // The whole unit, for who needs it.
                macro_rules! unit {
                    () => {
                        self.units[pc - 1]
                    };
                }
                // The next item of the iterator on top, or beyond the loop.
                macro_rules! for_iter {
                    ($end:expr) => {{
                        let iterator = top!(1);
                        if self.heap.ty(iterator) == RANGE_ITERATOR {
                            match self.range_iter_next(iterator) {
                                Some(value) => store_or_push!(value),
                                None => {
                                    sp -= 1;
                                    self.stack[sp] = None;
                                    jump!($end);
                                    decref!(iterator);
                                }
                            }
                        } else if self.heap.ty(iterator) == GENERATOR {
                            store!();
                            if self.continue_generator(iterator, Receive::ForIter, sp) {
                                reload!();
                            } else {
                                handle!(jumps::for_iter(self, unit!()));
                            }
                        } else if let Some(item) = jumps::next_item(self, iterator) {
                            store_or_push!(item);
                        } else {
                            handle!(jumps::for_iter(self, unit!()));
                        }
                    }};
                }
                // Jumps on one truth value and goes on at the other, if the value is one of them.
                macro_rules! pop_jump_if {
                    ($jumps:ident, $stays:ident) => {
                        match top!(1) {
                            verdict @ ($jumps | $stays) => {
                                sp -= 1;
                                self.stack[sp] = None;
                                self.heap.decref_immortal(verdict);
                                if verdict == $jumps {
                                    jump_back!(arg);
                                }
                            }
                            value => match jumps::plain_truth(self, value) {
                                Some(truth) => {
                                    sp -= 1;
                                    self.stack[sp] = None;
                                    release_number!(value);
                                    if truth == ($jumps == TRUE) {
                                        jump_back!(arg);
                                    }
                                }
                                None => handle!(jumps::pop_jump_if(self, unit!())),
                            },
                        }
                    };
                }
                // Pops a value and jumps, if it is None or if it is not.
                macro_rules! pop_jump_if_none {
                    ($jumps:expr) => {{
                        let value = top!(1);
                        if value == NONE || self.heap.refcount(value) > 1 {
                            sp -= 1;
                            self.stack[sp] = None;
                            self.heap.decref_immortal(value);
                            if (value == NONE) == $jumps {
                                jump_back!(arg);
                            }
                        } else {
                            handle!(jumps::pop_dying(self, !$jumps, arg));
                        }
                    }};
                }
                // A function has just been called: its RESUME does nothing, if nobody looks.
                macro_rules! begin {
                    () => {
                        if !EACH && self.units[pc].op == Op::RESUME_QUICK {
                            pc += 1;
                        }
                    };
                }
                match op {
                    Op::NOP | Op::EXTENDED_ARG | Op::RESUME_QUICK => {}
                    Op::CACHE => {
                        pc -= 1;
                        store!();
                        if !self.at_armed(hooks) {
                            return Some(RunEnd::Stopped);
                        }
                        if !EACH {
                            return None;
                        }
                        limit = pc + self.countdown as usize;
                    }
                    Op::RESUME => {
                        store!();
                        self.warm_up();
                    }
                    Op::LOAD_FAST => load_fast!(arg),
                    Op::STORE_FAST => store_fast!(arg),
                    Op::LOAD_CONST => load_const!(arg),
                    Op::LOAD_FAST__LOAD_FAST => {
                        load_fast!(arg);
                        load_fast!(follow!());
                    }
                    Op::LOAD_FAST__LOAD_CONST => {
                        load_fast!(arg);
                        load_const!(follow!());
                    }
                    Op::LOAD_CONST__LOAD_FAST => {
                        load_const!(arg);
                        load_fast!(follow!());
                    }
                    Op::STORE_FAST__LOAD_FAST => {
                        store_fast!(arg);
                        load_fast!(follow!());
                    }
                    Op::STORE_FAST__STORE_FAST => {
                        store_fast!(arg);
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
                    Op::BINARY_OP_ADD_INT => int_op!(op, |x, y| x.checked_add(y)),
                    Op::BINARY_OP_SUBTRACT_INT => int_op!(op, |x, y| x.checked_sub(y)),
                    Op::BINARY_OP_MULTIPLY_INT => int_op!(op, |x, y| x.checked_mul(y)),
                    Op::BINARY_OP_ADD_FLOAT => float_op!(op, |x, y| Some(x + y)),
                    Op::BINARY_OP_SUBTRACT_FLOAT => float_op!(op, |x, y| Some(x - y)),
                    Op::BINARY_OP_MULTIPLY_FLOAT => float_op!(op, |x, y| Some(x * y)),
                    Op::BINARY_OP | Op::BINARY_OP_ADAPTIVE => {
                        let (left, right) = (top!(2), top!(1));
                        match operators::number_at(self, pc - 1, left, right) {
                            Some(value) => replace_numbers!(value, left, right),
                            None => handle!(self.dispatch(op)),
                        }
                    }
                    // In code that is not warm: a loop that closes with a conditional jump never warms its function up.
                    Op::COMPARE_OP => {
                        let (left, right) = (top!(2), top!(1));
                        match operators::number_order(self, arg, left, right) {
                            Some(verdict) => {
                                let next = self.units[pc];
                                match if EACH && limit == pc { None } else { next.op.jumps_if() } {
                                    Some(wanted) => compared!(left, right, verdict == wanted, next.arg),
                                    None => {
                                        let verdict = bool_object(verdict);
                                        self.heap.incref(verdict);
                                        replace_numbers!(verdict, left, right);
                                    }
                                }
                            }
                            None => handle!(operators::compare_op(self, unit!())),
                        }
                    }
                    Op::COMPARE_OP_INT_JUMP | Op::COMPARE_OP_FLOAT_JUMP => {
                        let (left, right) = (top!(2), top!(1));
                        // The jump is done at once, unless somebody wants to look in between.
                        let target = self.units[pc].arg;
                        let order = if EACH && limit == pc { None } else { operators::order_for(self, op, left, right) };
                        match order {
                            Some(order) => {
                                let jumps = (9u32 << order) & u32::from(self.caches[pc - 1].index) != 0;
                                compared!(left, right, jumps, target);
                            }
                            None => handle!(self.run_form(op)),
                        }
                    }
                    Op::POP_JUMP_FORWARD_IF_FALSE | Op::POP_JUMP_BACKWARD_IF_FALSE => pop_jump_if!(FALSE, TRUE),
                    Op::POP_JUMP_FORWARD_IF_TRUE | Op::POP_JUMP_BACKWARD_IF_TRUE => pop_jump_if!(TRUE, FALSE),
                    Op::JUMP_FORWARD | Op::JUMP_BACKWARD_NO_INTERRUPT => jump_back!(arg),
                    Op::JUMP_BACKWARD | Op::JUMP_BACKWARD_QUICK => {
                        if op == Op::JUMP_BACKWARD {
                            store!();
                            self.warm_up();
                        }
                        if self.heap.budget < 0 {
                            jump!(arg);
                            handle!(self.check_memory());
                        } else {
                            jump_back!(arg);
                            // The head of the loop is where most of them go.
                            let head = self.units[pc];
                            if !EACH && head.op == Op::FOR_ITER {
                                pc += 1;
                                for_iter!(head.arg);
                            }
                        }
                    }
                    Op::FOR_ITER => for_iter!(arg),
                    Op::LOAD_GLOBAL_MODULE | Op::LOAD_GLOBAL_BUILTIN => {
                        let cache = self.caches[pc - 1];
                        let found = if op == Op::LOAD_GLOBAL_MODULE {
                            names::cached_global(self, cache)
                        } else {
                            names::cached_builtin(self, cache)
                        };
                        match found {
                            Some(value) => {
                                if unit!().wants_null() {
                                    self.stack[sp] = None;
                                    sp += 1;
                                }
                                self.heap.incref(value);
                                push!(value);
                            }
                            None => handle!(self.run_form(op)),
                        }
                    }
                    Op::BINARY_SUBSCR_LIST_INT | Op::BINARY_SUBSCR_TUPLE_INT => {
                        let (container, key) = (top!(2), top!(1));
                        match access::item_at(self, container, key, op) {
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
                            None => handle!(self.run_form(op)),
                        }
                    }
                    Op::LOAD_ATTR_INSTANCE_VALUE => load_attr!(op, |object, cache| access::instance_value(self, object, cache)),
                    Op::LOAD_METHOD_NO_DICT | Op::LOAD_METHOD_WITH_VALUES => {
                        let (object, cache) = (top!(1), self.caches[pc - 1]);
                        let is_it = if op == Op::LOAD_METHOD_NO_DICT {
                            access::is_of_type(self, object, cache)
                        } else {
                            access::has_no_such_value(self, object, cache)
                        };
                        if is_it {
                            let method = ObjRef::new(cache.object);
                            self.heap.incref(method);
                            self.stack[sp - 1] = Some(method);
                            push!(object);
                        } else {
                            handle!(self.run_form(op));
                        }
                    }
                    Op::LOAD_DEREF => {
                        let cell = self.stack[base + arg as usize].map(|cell| &self.heap.slot(cell).body);
                        match cell {
                            Some(&Body::Cell(Some(value))) => {
                                self.heap.incref(value);
                                push!(value);
                            }
                            _ => handle!(names::load_deref(self, unit!())),
                        }
                    }
                    Op::STORE_DEREF => {
                        let (cell, value) = (self.stack[base + arg as usize], top!(1));
                        match cell.map(|cell| &mut self.heap.slot_mut(cell).body) {
                            Some(Body::Cell(content)) => {
                                let old = content.replace(value);
                                sp -= 1;
                                self.stack[sp] = None;
                                if let Some(old) = old {
                                    decref!(old);
                                }
                            }
                            _ => unreachable_null(pc),
                        }
                    }
                    Op::LOAD_CLOSURE => match self.stack[base + arg as usize] {
                        Some(cell) => {
                            self.heap.incref(cell);
                            push!(cell);
                        }
                        None => unreachable_null(pc),
                    },
                    Op::COPY_FREE_VARS => names::copy_free_vars(self, arg as usize),
                    Op::COPY => {
                        let value = top!(arg as usize);
                        self.heap.incref(value);
                        push!(value);
                    }
                    Op::BUILD_TUPLE => handle!(build::build_tuple(self, unit!())),
                    Op::PRECALL_NO_KW_LIST_APPEND => handle!(calls::precall_append(self, unit!())),
                    Op::PRECALL_NO_KW_BUILTIN_FAST
                    | Op::PRECALL_NO_KW_BUILTIN_O
                    | Op::PRECALL_NO_KW_LEN
                    | Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST
                    | Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS
                    | Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_O => handle!(calls::precall_builtin(self, unit!())),
                    Op::SWAP => self.stack.swap(sp - 1, sp - arg as usize),
                    Op::IS_OP => handle!(operators::is_op(self, unit!())),
                    Op::PUSH_EXC_INFO => handle!(exceptions::push_exc_info(self)),
                    Op::POP_EXCEPT => handle!(exceptions::pop_except(self)),
                    Op::CHECK_EXC_MATCH => handle!(exceptions::check_exc_match(self, unit!())),
                    Op::CONTAINS_OP => handle!(operators::contains_op(self, unit!())),
                    Op::POP_JUMP_FORWARD_IF_NONE | Op::POP_JUMP_BACKWARD_IF_NONE => pop_jump_if_none!(true),
                    Op::POP_JUMP_FORWARD_IF_NOT_NONE | Op::POP_JUMP_BACKWARD_IF_NOT_NONE => pop_jump_if_none!(false),
                    Op::UNPACK_SEQUENCE_TWO_TUPLE => {
                        let sequence = top!(1);
                        match build::pair(self, sequence) {
                            Some((first, second)) => {
                                self.heap.incref(second);
                                self.stack[sp - 1] = Some(second);
                                self.heap.incref(first);
                                push!(first);
                                decref!(sequence);
                            }
                            None => handle!(self.run_form(op)),
                        }
                    }
                    Op::UNPACK_SEQUENCE_TUPLE | Op::UNPACK_SEQUENCE_LIST => handle!(build::unpack_items(self, unit!())),
                    Op::LIST_APPEND => {
                        let (list, value) = (top!(1 + arg as usize), top!(1));
                        sp -= 1;
                        self.stack[sp] = None;
                        self.list_append(list, value);
                    }
                    Op::BINARY_SUBSCR_DICT => handle!(access::subscr_dict(self, op, unit!())),
                    Op::LOAD_ATTR_WITH_HINT => load_attr!(op, |object, cache| access::hinted_value(self, object, cache, arg)),
                    Op::STORE_ATTR_WITH_HINT => handle!(access::store_hinted(self, op, unit!())),
                    Op::STORE_SUBSCR_DICT => handle!(access::store_subscr_dict(self, op, unit!())),
                    Op::STORE_SUBSCR_LIST_INT => handle!(access::store_subscr_int(self, op)),
                    Op::LOAD_ATTR_SLOT => load_attr!(op, |object, cache| access::slot_value(self, object, cache)),
                    Op::RETURN_VALUE => {
                        sp -= 1;
                        let value = top!(0);
                        self.stack[sp] = None;
                        store!();
                        match self.leave_function() {
                            Some(_) if !self.attention || self.pending.is_empty() => self.push(value),
                            Some(receive) => self.deliver_after_pending(receive, value, false),
                            None if self.leave_init(value) => {}
                            None => self.return_value(value),
                        }
                        reload!();
                    }
                    Op::YIELD_VALUE => {
                        store!();
                        generators::yield_value(self);
                        reload!();
                    }
                    Op::SEND => {
                        let (receiver, value) = (top!(2), top!(1));
                        let is_plain = value == NONE && matches!(self.heap.ty(receiver), GENERATOR | COROUTINE);
                        store!();
                        if is_plain && self.continue_generator(receiver, Receive::Send, sp - 1) {
                            reload!();
                        } else {
                            handle!(generators::send(self, unit!()));
                        }
                    }
                    Op::CALL_PY_EXACT_ARGS => {
                        store!();
                        if self.call_exactly(arg as usize) {
                            reload!();
                            begin!();
                        } else {
                            handle!(self.run_form(op));
                        }
                    }
                    // A class is called, for which PRECALL and CALL find no form, or a function with other arguments than its own.
                    Op::PRECALL_ADAPTIVE => {
                        let callable = self.stack[sp - 1 - arg as usize];
                        let is_class = callable.is_some_and(|callable| self.heap.ty(callable) == TYPE);
                        if !is_class || !self.waits(pc - 1) {
                            handle!(self.dispatch(op));
                        }
                    }
                    Op::CALL_ADAPTIVE => {
                        store!();
                        match self.call_adaptive(arg as usize) {
                            Some(Ok(())) => {
                                reload!();
                                begin!();
                            }
                            Some(Err(raised)) => {
                                self.unwind(raised);
                                reload!();
                            }
                            None => handle!(self.dispatch(op)),
                        }
                    }
                    Op::STORE_ATTR_INSTANCE_VALUE => {
                        let (object, value, cache) = (top!(1), top!(2), self.caches[pc - 1]);
                        match access::store_instance_value(self, object, cache, value) {
                            Some(old) => {
                                sp -= 2;
                                (self.stack[sp], self.stack[sp + 1]) = (None, None);
                                if self.heap.refcount(object) > 1 {
                                    self.heap.decref_immortal(object);
                                    if let Some(old) = old {
                                        decref!(old);
                                    }
                                } else {
                                    store!();
                                    self.xdecref(old);
                                    self.decref(object);
                                    reload!();
                                }
                            }
                            None => handle!(self.run_form(op)),
                        }
                    }
                    Op::PRECALL_PYFUNC => {
                        let at = sp - 1 - arg as usize;
                        let callable = self.stack[at - 1].or(self.stack[at]);
                        if callable.is_none_or(|callable| self.heap.ty(callable) != FUNCTION) {
                            handle!(self.run_form(op));
                        }
                    }
                    Op::FUSED_LOADS_NUMBER_OP => {
                        let operands = borrowed!(unit!()).zip(borrowed!(self.units[pc]));
                        match operands.and_then(|(left, right)| operators::number_at(self, pc + 1, left, right)) {
                            Some(value) => {
                                pc += 2;
                                store_or_push!(value);
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOAD_NUMBER_OP => {
                        let left = top!(1);
                        match borrowed!(unit!()).and_then(|right| operators::number_at(self, pc, left, right)) {
                            Some(value) => {
                                pc += 1;
                                sp -= 1;
                                self.stack[sp] = None;
                                release_number!(left);
                                store_or_push!(value);
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOADS_COMPARE => {
                        let operands = borrowed!(unit!()).zip(borrowed!(self.units[pc]));
                        match operands.and_then(|(left, right)| operators::jumps_at(self, pc + 1, left, right)) {
                            Some(jumps) => {
                                pc += 3;
                                if jumps {
                                    jump_back!(unit!().arg);
                                }
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOAD_COMPARE => {
                        let left = top!(1);
                        match borrowed!(unit!()).and_then(|right| operators::jumps_at(self, pc, left, right)) {
                            Some(jumps) => {
                                pc += 2;
                                sp -= 1;
                                self.stack[sp] = None;
                                release_number!(left);
                                if jumps {
                                    jump_back!(unit!().arg);
                                }
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOADS_SUBSCR => {
                        let (container, key) = (borrowed!(unit!()), borrowed!(self.units[pc]));
                        match container.zip(key).and_then(|(container, key)| access::item_at(self, container, key, self.units[pc + 1].op)) {
                            Some(value) => {
                                self.heap.incref(value);
                                pc += 2;
                                store_or_push!(value);
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOAD_SUBSCR => {
                        let container = top!(1);
                        match borrowed!(unit!()).and_then(|key| access::item_at(self, container, key, self.units[pc].op)) {
                            Some(value) => {
                                self.heap.incref(value);
                                pc += 1;
                                self.stack[sp - 1] = Some(value);
                                decref!(container);
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOADS_STORE_SUBSCR => {
                        let (operands, value) = (borrowed!(unit!()).zip(borrowed!(self.units[pc])), top!(1));
                        match operands.and_then(|(list, key)| access::store_item(self, list, key, value, 0)) {
                            Some(old) => {
                                pc += 2;
                                sp -= 1;
                                self.stack[sp] = None;
                                decref!(old);
                            }
                            None => load_alone!(),
                        }
                    }
                    Op::FUSED_LOAD_ATTR => {
                        let (cache, next) = (self.caches[pc], self.units[pc]);
                        let value_of = |object: ObjRef| match next.op {
                            Op::LOAD_ATTR_INSTANCE_VALUE => access::instance_value(self, object, cache),
                            Op::LOAD_ATTR_SLOT => access::slot_value(self, object, cache),
                            _ => access::hinted_value(self, object, cache, next.arg),
                        };
                        match self.stack[base + arg as usize].and_then(value_of) {
                            Some(value) => {
                                self.heap.incref(value);
                                pc += 1;
                                store_or_push!(value);
                            }
                            None => load_fast!(arg),
                        }
                    }
                    Op::FUSED_LOAD_METHOD => {
                        let cache = self.caches[pc];
                        let fits = |object: &ObjRef| match self.units[pc].op {
                            Op::LOAD_METHOD_NO_DICT => access::is_of_type(self, *object, cache),
                            _ => access::has_no_such_value(self, *object, cache),
                        };
                        match self.stack[base + arg as usize].filter(fits) {
                            Some(object) => {
                                let method = ObjRef::new(cache.object);
                                self.heap.incref(object);
                                self.heap.incref(method);
                                pc += 1;
                                push!(method);
                                push!(object);
                            }
                            None => load_fast!(arg),
                        }
                    }
                    Op::FUSED_LOAD_STORE_ATTR => {
                        let (object, value, cache) = (self.stack[base + arg as usize], top!(1), self.caches[pc]);
                        let is_slot = self.units[pc].op == Op::STORE_ATTR_SLOT;
                        let store = if is_slot { access::store_slot } else { access::store_instance_value };
                        match object.and_then(|object| store(self, object, cache, value)) {
                            Some(old) => {
                                pc += 1;
                                sp -= 1;
                                self.stack[sp] = None;
                                if let Some(old) = old {
                                    decref!(old);
                                }
                            }
                            None => load_fast!(arg),
                        }
                    }
                    Op::FUSED_COPY_ATTR => {
                        let object = top!(1);
                        match access::instance_value(self, object, self.caches[pc]) {
                            Some(value) => {
                                self.heap.incref(value);
                                pc += 1;
                                push!(value);
                            }
                            None => {
                                self.heap.incref(object);
                                push!(object);
                            }
                        }
                    }
                    Op::FUSED_LOAD_JUMP => {
                        let next = self.units[pc];
                        let truth = match self.stack[base + arg as usize] {
                            Some(TRUE) => Some(true),
                            Some(FALSE) => Some(false),
                            Some(value) => jumps::plain_truth(self, value),
                            None => None,
                        };
                        match truth {
                            Some(truth) => {
                                pc += 1;
                                if next.op.jumps_if() == Some(truth) {
                                    jump_back!(next.arg);
                                }
                            }
                            None => load_fast!(arg),
                        }
                    }
                    Op::FUSED_PRECALL_CALL => {
                        pc += 1;
                        store!();
                        if self.call_exactly(self.units[pc - 1].arg as usize) {
                            reload!();
                            begin!();
                        } else {
                            pc -= 1;
                            handle!(self.run_form(Op::PRECALL_PYFUNC));
                        }
                    }
                    Op::FUSED_UNPACK_STORE => match build::unpack_and_store(self, pc, base, sp - 1, arg as usize) {
                        Some((stored, dead)) => {
                            pc += stored;
                            sp = sp - 1 + arg as usize - stored;
                            if let Some(dead) = dead {
                                dealloc!(dead);
                            }
                        }
                        None => handle!(build::unpack_items(self, unit!())),
                    },
                    _ => handle!(self.dispatch(op)),
                }
            }
        }
    }

    fn run_end(&mut self) -> RunEnd {
        if self.given_up.is_some() {
            return RunEnd::Stopped;
        }
        if self.request.is_some() {
            return RunEnd::Request;
        }
        if self.threads.deadlocked && self.nested_runs == 0 {
            return RunEnd::Deadlocked;
        }
        self.attention = !self.pending.is_empty();
        match self.result.take() {
            Some(result) => RunEnd::Finished(result),
            None => RunEnd::Stopped,
        }
    }
}

#[cold]
fn unreachable_null(pc: usize) -> ! {
    panic!("unit {} finds NULL where a value must be", pc - 1)
}
