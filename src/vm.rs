//! The machine: frames on one value stack, a loop over pre-decoded instructions, and exact reference counts.
//!
//! The whole state is one value, [`Vm`], which can be cloned at any instruction boundary: a checkpoint is a clone. Nothing
//! here knows the compiler, the debugger or the terminal; who wants to watch implements [`hooks::Hooks`], and what a program
//! asks of the outside world comes out as a [`host::Request`].
//!
//! ```text
//!   frames   module │ f │ native: sorted │ <lambda>          each Python call pushes a frame, none recurses in Rust
//!   stack    [ locals ▸ values │ locals ▸ values │ … ]       arguments become the callee's locals in place
//!   heap     [ 32-byte slots ]
//! ```
//!
//! Counterpart in CPython 3.11: `PyInterpreterState`, `PyThreadState` and `Python/ceval.c`.

pub mod arming; // units at which the hooks are asked
pub mod async_hooks;
pub mod async_step;
pub mod audit;
pub mod call;
pub mod class;
pub mod collect;
pub mod compiling; // what compiling at run time leaves in the free lists
pub mod config;
pub mod dealloc;
pub mod exec;
pub mod finalizing; // what runs when something dies
pub mod frame;
pub mod frames;
mod fusion; // several instructions in one round of the loop
pub mod hooks;
pub mod host;
pub mod instr;
mod leaving; // how Python frames end
pub mod library; // what is the library's and what the program's
pub mod literals;
mod locals;
mod make;
pub mod memory;
pub mod micro; // what happens inside one instruction, for who looks
pub mod names;
mod namespace;
pub mod native;
pub mod native_frame;
pub mod protocol;
pub mod raised;
mod spare;
pub mod specialize; // code that has run a few times rewrites itself
pub mod threads; // who holds the GIL
pub mod tracing;
pub mod unwind;
pub mod weakrefs;

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHashSet};
use thin_vec::ThinVec;

use crate::{
    heap::{Kept, ObjRef},
    num::{BigInt, hash::HashKey},
    objects::{Body, Heap, Objects, core_types::*, dict::Dict, int, size, static_data, str, str::Interned},
    text::{PyStr, source::SourceFile},
};
pub use config::Config;
use frames::Frames;
use instr::Unit;
use names::Names;
use native::NativeDef;
pub use raised::Raised;

/// What a call gave: a value, or nothing yet because a frame was pushed whose result goes to the frame below.
#[derive(Debug)]
#[must_use]
pub enum Outcome<T = ObjRef> {
    Done(T),
    Pushed,
}

/// The result of whatever may run Python code or raise.
pub type Res<T = ObjRef> = Result<Outcome<T>, Raised>;

/// An entry of the cache of attribute lookups on types.
#[derive(Clone, Copy, Default)]
struct TypeCacheEntry {
    /// version tag of the type; 0: empty
    version: u32,
    name: Option<ObjRef>,
    /// borrowed from the type's or a base's dict; `None`: known to be absent
    value: Option<ObjRef>,
}

const TYPE_CACHE_SIZE: usize = 4096;

/// Versions come one after the other, and so do the slots of names: multiplied by the golden ratio the former lie far apart.
#[inline(always)]
fn place_in_type_cache(version: u32, name: ObjRef) -> usize {
    (version.wrapping_mul(0x9e37_79b1) >> 20 ^ name.index()) as usize % TYPE_CACHE_SIZE
}

/// `MCACHE_MAX_ATTR_SIZE`
const LONGEST_CACHED_NAME: usize = 100;

/// Work that an instruction left for its end: Python code that must run.
#[derive(Clone)]
pub enum Pending {
    /// An object whose `__del__` (or suspended body) must run; this holds the last reference.
    Finalize(ObjRef),
    /// A weak reference whose callback must be called.
    WeakCallback(finalizing::WeakCallback),
    /// A collection of a generation is due, and `gc.callbacks` want to know.
    Told(usize),
    /// A collection found garbage that must be finalized first.
    Collect(collect::DeleteGarbage),
}

impl Pending {
    /// The references that it owns.
    pub(crate) fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Pending::Finalize(object) => visit(*object),
            Pending::WeakCallback(callback) => native_frame::Native::trace(callback, visit),
            Pending::Told(_) => {}
            Pending::Collect(garbage) => native_frame::Native::trace(garbage, visit),
        }
    }
}

/// Issues a warning: its class and text, file and line, and what it is about.
pub type Warn = fn(&mut Vm, ObjRef, &str, Option<(&str, i64)>, Option<ObjRef>) -> Result<(), Raised>;

/// The machine.
#[derive(Clone)]
pub struct Vm {
    pub heap: Heap,
    /// Locals and value stacks of all frames, `None` being NULL.
    pub stack: Vec<Option<ObjRef>>,
    pub frames: Frames,
    // Registers of the running Python frame.
    pub pc: u32,
    pub sp: usize,
    pub base: usize,
    /// Instructions that may still run until [`hooks::Hooks::due`].
    pub countdown: u32,
    /// More than any code object has instructions: so many may run before the loop looks at the countdown again.
    pub longest: u32,
    /// Instructions granted so far; `granted - countdown` have been started.
    pub granted: u64,
    /// Something must be looked at before the next instruction: `pending`, `request` or `result`.
    pub attention: bool,
    pub pending: VecDeque<Pending>,
    /// What the program waits for.
    pub request: Option<host::Request>,
    /// How the outermost frame of this run ended.
    pub result: Option<Result<ObjRef, Raised>>,
    /// Frames below this belong to an outer run.
    pub floor: usize,
    /// Instructions of all code objects, one table: a program counter is absolute.
    pub units: Vec<Unit>,
    pub caches: Vec<specialize::Cache>,
    /// What last became of a form.
    pub last_change: Option<specialize::Change>,
    /// The PRECALL that just ran has a form that does the whole call: CALL looks for none.
    pub(crate) precalled: bool,
    pub arming: arming::Arming,
    pub interned: Interned,
    pub names: Arc<Names>,
    pub natives: Arc<Vec<NativeDef>>,
    /// What `__dict__` and `__weakref__` in the dicts of classes do.
    pub instance_getters: [crate::objects::function::NativeId; 2],
    /// The type of what `sys.unraisablehook` is called with, once it was.
    pub unraisable_args: Option<ObjRef>,
    pub pending_text: host::PendingText,
    library: library::Library,
    /// The names that natives take, in tuples, of those that were called with names: see [`Vm::prepare_parser`].
    pub parsers: Vec<(u32, ObjRef)>,
    /// What the program's syntax tree holds, owned.
    pub literals: Vec<ObjRef>,
    /// What CPython 3.11 forgets to give back, owned: see [`Vm::lose`].
    pub lost: Vec<ObjRef>,
    /// The lists of the module `gc`, once it is there.
    pub gc_module: Option<collect::GcModule>,
    /// Room of dead objects for new ones.
    pub(crate) spare: spare::Spare,
    type_cache: Box<[TypeCacheEntry]>,
    /// The last collections.
    pub collections: VecDeque<collect::Collection>,
    /// Who wants to know what happens inside an instruction.
    pub micro: Option<Box<micro::Recorder>>,
    /// The instant after the last `breakpoint()`.
    pub pause_at: Option<u64>,
    /// How many exceptions have been raised, and the class of the last one: what a debugger stops at.
    pub raises: u64,
    pub last_raised: Option<ObjRef>,
    /// The code that raised it; not owned.
    raised_in: Option<ObjRef>,
    /// So many exceptions have come from library code to the program's own, as long as somebody wants to be told.
    pub arrivals: u64,
    /// Calls are told to a trace or profile function, or counted as if they were.
    traced: bool,
    pub tracing: tracing::Tracing,
    pub async_hooks: async_hooks::AsyncHooks,
    next_type_version: u32,
    next_keys_version: u32,
    next_function_version: u32,
    /// The exception being handled, one place for the thread and one for each running generator.
    pub handled: Vec<Option<ObjRef>>,
    /// `sys.modules`
    pub modules: ObjRef,
    /// The dict of the `builtins` module.
    pub builtins: ObjRef,
    /// `sys`'s dict: where `sys.stdout` and the like are found.
    pub sys_dict: ObjRef,
    pub output: host::Output,
    /// The outside world's last answer, for who takes it as it is.
    answered: Option<host::Answer>,
    /// The numbers of the files that are open.
    pub open_files: BTreeSet<u32>,
    /// Source texts by file name, for tracebacks.
    pub sources: FxHashMap<Arc<str>, Arc<SourceFile>>,
    /// Statements typed at a prompt, each with the first unit of its code. Tracebacks know nothing of them.
    pub typed: Vec<(u32, Arc<SourceFile>)>,
    /// Writes an exception with its traceback on `sys.stderr`; the interpreter provides it, as it takes a parser.
    pub print_exception: fn(&mut Vm, ObjRef),
    /// Tells of an exception that nobody can catch: with what words (otherwise "Exception ignored in"), and where it came from.
    pub unraisable: fn(&mut Vm, Raised, Option<&'static str>, Option<ObjRef>),
    /// Issues a warning of that class: at a place in a file, or where the program is; about an object.
    pub warn: Warn,
    /// So many names were in `builtins` before the program ran.
    pub builtins_count: usize,
    /// The program has ended and is taken down.
    pub finalizing: bool,
    pub hash_key: HashKey,
    pub weakrefs: weakrefs::WeakRefs,
    /// Objects whose finalizer has run and which live on.
    finalized: FxHashSet<ObjRef>,
    /// Objects whose repr is under way.
    /// The thread's own dict, made when it is first needed, and the list in it of objects whose repr is under way.
    thread_dict: Option<ObjRef>,
    repr_list: Option<ObjRef>,
    pub recursion_limit: u32,
    /// Modelled bytes that the program may hold: see [`memory`].
    pub memory_limit: u64,
    /// Set from outside when Ctrl-C was pressed, for native code that goes on for ever; only in plain runs.
    pub interrupt: Option<Arc<std::sync::atomic::AtomicBool>>,
    /// Who answers what is asked below native code.
    pub aside: host::Aside,
    /// What ran there could not go on.
    pub given_up: Option<host::GivenUp>,
    /// Levels of native code that calls itself over nested iterators.
    pub(crate) nesting: u32,
    /// `sys.get_int_max_str_digits()`
    pub int_max_str_digits: usize,
    /// Levels of Rust recursion in protocols that go through containers.
    pub native_depth: u32,
    /// Runs of the loop below native code, and the instructions executed there.
    pub nested_runs: u32,
    pub nested_steps: u64,
    /// The instants between which the last instruction of the loop itself had code run below it.
    nested_span: std::ops::Range<u64>,
    /// All threads, and the GIL.
    pub threads: threads::Threads,
    /// The current context of `contextvars`, of the thread that runs.
    pub context: Option<ObjRef>,
    /// Program arguments and paths, for `sys`.
    pub config: Arc<Config>,
    /// Objects about to be freed: the work list that stands for CPython's recursion.
    trash: Vec<ObjRef>,
    /// How many dead objects wait for their children, each the child of the one before.
    burying: u32,
    /// Keyword names for the next CALL (borrowed from the code object).
    pub kwnames: Option<ObjRef>,
    /// The next call's arguments are lent by native code, which holds references of its own.
    pub(crate) lent_arguments: bool,
    /// The exception about to be unwound keeps the traceback it has (`raise` without argument, RERAISE).
    pub reraising: bool,
    /// Byte offset of what failed, where it is not the instruction before `pc`: RERAISE goes on for an earlier one.
    pub failed_at: Option<u32>,
}

/// The place of the value stack's first frame.
const STACK_START: usize = 1 << 12;

impl Vm {
    /// A machine with its builtin types and singletons, but no modules: the interpreter adds those.
    pub fn new(natives: Vec<NativeDef>, config: Config) -> Vm {
        let mut heap = Heap::new(RESERVED);
        let mut interned = Interned::default();
        place_singletons(&mut heap, &mut interned);
        let names = Arc::new(Names::new(&mut heap, &mut interned));
        let hash_key = match config.hash_seed {
            config::HashSeed::Fixed(seed) => HashKey::from_seed(seed),
            config::HashSeed::Random([k0, k1]) => HashKey(k0, k1),
        };
        let mut vm = Vm {
            heap,
            stack: vec![None; STACK_START],
            frames: Frames::default(),
            pc: 0,
            sp: 0,
            base: 0,
            countdown: 0,
            longest: 1,
            granted: 0,
            attention: false,
            pending: VecDeque::new(),
            request: None,
            result: None,
            floor: 0,
            units: Vec::new(),
            caches: Vec::new(),
            last_change: None,
            precalled: false,
            arming: arming::Arming::default(),
            interned,
            names,
            natives: Arc::new(natives),
            instance_getters: [crate::objects::function::NativeId(0); 2],
            collections: VecDeque::new(),
            micro: None,
            pause_at: None,
            raises: 0,
            last_raised: None,
            raised_in: None,
            arrivals: 0,
            traced: false,
            tracing: tracing::Tracing::default(),
            unraisable_args: None,
            pending_text: host::PendingText::default(),
            library: library::Library::default(),
            parsers: Vec::new(),
            literals: Vec::new(),
            lost: Vec::new(),
            gc_module: None,
            spare: spare::Spare::default(),
            async_hooks: async_hooks::AsyncHooks::default(),
            type_cache: vec![TypeCacheEntry::default(); TYPE_CACHE_SIZE].into_boxed_slice(),
            next_type_version: 1,
            next_keys_version: 1,
            next_function_version: 1,
            handled: vec![None],
            modules: NONE,
            builtins: NONE,
            sys_dict: NONE,
            output: host::Output::default(),
            answered: None,
            open_files: BTreeSet::new(),
            sources: FxHashMap::default(),
            typed: Vec::new(),
            print_exception: |_, _| {},
            unraisable: |vm, raised, _, _| vm.decref(raised.0),
            warn: |_, _, _, _, _| Ok(()),
            builtins_count: 0,
            finalizing: false,
            hash_key,
            weakrefs: weakrefs::WeakRefs::default(),
            finalized: FxHashSet::default(),
            thread_dict: None,
            repr_list: None,
            recursion_limit: 1000,
            memory_limit: memory::DEFAULT_LIMIT,
            interrupt: None,
            aside: host::Aside::default(),
            given_up: None,
            nesting: 0,
            int_max_str_digits: crate::num::int_text::DEFAULT_MAX_STR_DIGITS,
            native_depth: 0,
            nested_span: 0..0,
            nested_runs: 0,
            nested_steps: 0,
            threads: threads::Threads::default(),
            context: None,
            config: Arc::new(config),
            trash: Vec::new(),
            burying: 0,
            reraising: false,
            failed_at: None,
            kwnames: None,
            lent_arguments: false,
        };
        class::place_core_types(&mut vm);
        vm.modules = vm.new_dict();
        vm.builtins = vm.new_dict();
        vm.sys_dict = vm.new_dict();
        vm
    }

    /// Instructions started so far: the step number of the next instruction is one more.
    pub fn steps(&self) -> u64 {
        self.granted - u64::from(self.countdown)
    }

    /// `breakpoint()`: who watches the run is called after this instruction and finds [`Vm::pause_at`].
    pub fn ask_for_pause(&mut self) {
        self.pause_at = Some(self.steps());
        self.revoke_grant();
    }

    // ── reference counts ────────────────────────────────────────────────────────────────────────────────────────────

    #[inline(always)]
    pub fn incref(&mut self, object: ObjRef) {
        self.heap.incref(object);
    }

    /// The same object with one more reference, for the caller.
    #[inline(always)]
    pub fn own(&mut self, object: ObjRef) -> ObjRef {
        self.heap.incref(object);
        object
    }

    #[inline(always)]
    pub fn decref(&mut self, object: ObjRef) {
        if self.heap.decref_hits_zero(object) {
            self.discard(object);
        }
    }

    /// What nobody holds any more goes.
    #[inline(always)]
    pub(crate) fn discard(&mut self, object: ObjRef) {
        if matches!(self.heap.slot(object).body, Body::None) {
            self.heap.release_number(object);
        } else {
            self.dealloc(object);
        }
    }

    pub fn xdecref(&mut self, object: Option<ObjRef>) {
        if let Some(object) = object {
            self.decref(object);
        }
    }

    pub fn decref_all(&mut self, objects: impl IntoIterator<Item = ObjRef>) {
        for object in objects {
            self.decref(object);
        }
    }

    // ── the value stack of the running frame ────────────────────────────────────────────────────────────────────────

    #[inline(always)]
    pub fn push(&mut self, object: ObjRef) {
        self.stack[self.sp] = Some(object);
        self.sp += 1;
    }

    #[inline(always)]
    pub fn push_null(&mut self) {
        self.stack[self.sp] = None;
        self.sp += 1;
    }

    /// Takes the top value; its reference is the caller's.
    #[inline(always)]
    pub fn pop(&mut self) -> ObjRef {
        self.sp -= 1;
        self.stack[self.sp].take().expect("a value on the stack")
    }

    #[inline(always)]
    pub fn pop_nullable(&mut self) -> Option<ObjRef> {
        self.sp -= 1;
        self.stack[self.sp].take()
    }

    /// The value at `depth` from the top (1: the top), borrowed.
    #[inline(always)]
    pub fn peek(&self, depth: usize) -> ObjRef {
        self.stack[self.sp - depth].expect("a value on the stack")
    }

    /// Drops the top `n` values.
    #[inline(always)]
    pub fn drop_top(&mut self, n: usize) {
        let end = self.sp;
        self.drop_stack(end - n, end);
    }

    /// Takes the top `n` values in the order they were pushed.
    pub fn pop_n(&mut self, n: usize) -> ThinVec<ObjRef> {
        let from = self.sp - n;
        let values = self.stack[from..self.sp].iter_mut().map(|slot| slot.take().expect("a value on the stack"));
        let values = self.spare.filled(n, values);
        self.sp = from;
        values
    }

    /// Makes room for `more` values above the stack pointer.
    #[inline(always)]
    pub fn reserve_stack(&mut self, more: usize) {
        if self.sp + more + 8 > self.stack.len() {
            self.grow_stack(more);
        }
    }

    #[cold]
    fn grow_stack(&mut self, more: usize) {
        let len = (self.sp + more + 8).next_power_of_two();
        self.stack.resize(len, None);
    }

    // ── looking at objects ──────────────────────────────────────────────────────────────────────────────────────────

    #[inline(always)]
    pub fn ty(&self, object: ObjRef) -> ObjRef {
        self.heap.ty(object)
    }

    /// `type(x).__name__`
    pub fn short_type_name(&self, object: ObjRef) -> String {
        self.heap.type_of_type(self.ty(object)).short_name().to_string()
    }

    /// The name of the object's type as messages write it.
    pub fn type_name(&self, object: ObjRef) -> Arc<str> {
        self.heap.type_of_type(self.ty(object)).name.clone()
    }

    /// The text of a str object, or nothing if it is none.
    pub fn text(&self, object: ObjRef) -> Option<Arc<PyStr>> {
        self.heap.str(object).cloned()
    }

    /// The text of an object known to be a str, for names and messages.
    pub fn name_text(&self, object: ObjRef) -> String {
        self.heap.str(object).map(|text| text.to_string_lossy()).unwrap_or_default()
    }

    /// Keeps a reference for ever, as CPython 3.11 does by mistake: what `__hash__` returned that is no int, the keywords of
    /// `f(*1, **{…})`.
    pub fn lose(&mut self, object: ObjRef) {
        self.lost.push(object);
    }

    /// The object's modelled address, what `id()` gives.
    pub fn address(&self, object: ObjRef) -> u64 {
        if self.heap.is_static(object) {
            return static_data::static_address(object);
        }
        self.heap.block_address(object) + u64::from(self.heap.type_of_type(self.ty(object)).front)
    }

    /// An int object's value if it fits in 64 bits.
    pub fn small_value(&self, object: ObjRef) -> Option<i64> {
        match crate::objects::equality::Number::of(&self.heap, object) {
            Some(crate::objects::equality::Number::Int(value)) => Some(value),
            _ => None,
        }
    }

    /// Whether the object is an int (or bool, or an instance of a subclass).
    pub fn is_int(&self, object: ObjRef) -> bool {
        use crate::objects::equality::Number::*;
        matches!(crate::objects::equality::Number::of(&self.heap, object), Some(Int(_) | BigInt(_)))
    }

    /// The names of the fresh version of a dict's keys, for inline caches.
    pub fn keys_version(&mut self, dict: ObjRef) -> u32 {
        let next = self.next_keys_version;
        let dict = self.heap.dict_mut(dict).expect("a dict");
        if dict.version == 0 {
            dict.version = next;
            self.next_keys_version += 1;
            return next;
        }
        dict.version
    }

    /// Gives a type a fresh version tag.
    pub(crate) fn new_type_version(&mut self) -> u32 {
        self.next_type_version += 1;
        self.next_type_version
    }

    /// Looks up a name on a type through its MRO, without descriptors. Borrowed.
    ///
    /// Counterpart: `_PyType_Lookup` with its method cache.
    #[inline]
    pub fn type_lookup(&mut self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let version = self.heap.slot(ty).num as u32;
        let entry = &self.type_cache[place_in_type_cache(version, name)];
        if entry.version == version && entry.name == Some(name) {
            return entry.value;
        }
        self.type_lookup_slow(ty, name)
    }

    /// Fills the cache. As in CPython the entry holds its name, whose refcount shows it, and not its value.
    #[cold]
    fn type_lookup_slow(&mut self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let value = self.type_lookup_uncached(ty, name);
        if self.heap.slot(name).ty == STR && self.heap.str(name).is_some_and(|text| text.len() <= LONGEST_CACHED_NAME) {
            let version = self.heap.slot(ty).num as u32;
            self.incref(name);
            let entry = &mut self.type_cache[place_in_type_cache(version, name)];
            let old = std::mem::replace(entry, TypeCacheEntry { version, name: Some(name), value });
            old.name.into_iter().for_each(|name| self.decref(name));
        }
        value
    }

    /// The same without the cache, for those who may not touch the machine.
    pub fn type_lookup_uncached(&self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let hash = self.str_hash(name);
        let mro = self.heap.type_of_type(ty).mro;
        let mro = self.heap.tuple(mro)?;
        mro.iter().find_map(|&class| {
            let dict = self.heap.dict(self.heap.type_of_type(class).dict)?;
            dict.find_str(&self.heap, name, hash).map(|entry| dict.value_at(entry))
        })
    }

    /// The hash of a str object, computed once.
    #[inline]
    pub fn str_hash(&self, object: ObjRef) -> i64 {
        let slot = self.heap.slot(object);
        if slot.num != 0 && matches!(slot.body, Body::Str(_)) {
            return slot.num as i64;
        }
        let text = self.heap.str(object).expect("a str object");
        crate::num::hash::hash_str(text, self.hash_key)
    }

    /// Like [`Vm::str_hash`], and remembers it.
    #[inline]
    pub fn cached_str_hash(&mut self, object: ObjRef) -> i64 {
        let hash = self.str_hash(object);
        if self.heap.slot(object).num != hash as u64 {
            self.heap.slot_mut(object).num = hash as u64;
        }
        hash
    }
}

/// Fills the fixed slots above the types: None, True, small integers, characters.
fn place_singletons(heap: &mut Heap, interned: &mut Interned) {
    heap.place(NONE, NONE_TYPE, 0, Body::None);
    heap.place(TRUE, BOOL, 1, Body::None);
    heap.place(FALSE, BOOL, 0, Body::None);
    heap.place(NOT_IMPLEMENTED, NOT_IMPLEMENTED_TYPE, 0, Body::None);
    heap.place(ELLIPSIS, ELLIPSIS_TYPE, 0, Body::None);
    heap.place(EMPTY_TUPLE, TUPLE, 0, Body::Tuple(ThinVec::new()));
    heap.place(EMPTY_STR, STR, 0, Body::Str(Arc::new(PyStr::empty())));
    heap.place(EMPTY_BYTES, BYTES, 0, Body::Bytes(Arc::new(Vec::new())));
    for (object, text) in [(TRUE_TEXT, "True"), (FALSE_TEXT, "False")] {
        heap.place(object, STR, 0, Body::Str(Arc::new(text.into())));
    }
    for (number, text) in static_data::names().enumerate() {
        heap.place(static_name(number), STR, 0, Body::Str(Arc::new(text.into())));
        interned.intern(heap, static_name(number));
    }
    for value in SMALLEST..=LARGEST {
        heap.place(small_int(value).expect("a small integer"), INT, value as u64, Body::None);
    }
    for c in 0..=255u8 {
        heap.place(latin1_character(c), STR, 0, Body::Str(Arc::new(PyStr::from_char(c as char))));
        if interned.find(&PyStr::from_char(c as char)).is_none() {
            interned.intern(heap, latin1_character(c));
        }
        heap.place(one_byte(c), BYTES, 0, Body::Bytes(Arc::new(vec![c])));
    }
    interned.intern(heap, EMPTY_STR);
    for object in (1..=RESERVED).map(ObjRef::new) {
        if heap.is_alive(object) {
            heap.set_refcount(object, static_references(object));
        }
    }
}
