//! THE opcode table: number, kind of argument, stack effect, inline caches and meaning of every instruction of 3.11.
//!
//! One row an opcode, in CPython's spelling; the enum, names, effects and the opcode cards are all derived from it, and
//! nothing else may list opcodes except the dispatch of the machine. Counterpart in CPython 3.11: `Lib/opcode.py` and
//! `Include/opcode.h`.
//!
//! `a + b` is `BINARY_OP 0`: it pops two values and pushes one.

/// What the argument of an instruction stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// No argument: the second byte means nothing.
    None,
    /// An index of `co_consts`.
    Const,
    /// An index of `co_names`.
    Name,
    /// An index of `co_names` times two; the low bit asks for a NULL below the value.
    GlobalName,
    /// A frame slot that holds a plain local.
    Local,
    /// A frame slot that holds a cell.
    Free,
    /// Code units ahead, counted from the next instruction.
    JumpForward,
    /// Code units back, counted from the next instruction.
    JumpBackward,
    /// A comparison: index of [`COMPARISONS`].
    Compare,
    /// An operator: index of [`OPERATORS`].
    Operator,
    /// A number of items.
    Count,
    /// A position on the value stack, the top being 1.
    Depth,
    /// Bits or a small number with a meaning of its own.
    Flags,
}

/// Texts of `COMPARE_OP` arguments.
pub const COMPARISONS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

/// Texts of `BINARY_OP` arguments; from 13 on they work in place.
pub const OPERATORS: [&str; 26] = [
    "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=",
    "-=", "/=", "^=",
];

/// Opcodes from this number on take an argument.
pub const HAVE_ARGUMENT: u8 = 90;

macro_rules! opcodes {
    (compiled { $($name:ident = $number:literal, $arg:ident, |$n:pat_param| $pops:expr => $pushes:expr
        $(, jump |$jn:pat_param| $jpops:expr => $jpushes:expr)?, $caches:literal, $meaning:literal;)* }
     specialized { $($quick:ident = $quick_number:literal, $base:ident, $quick_meaning:literal;)* }
     fused { $($fused:ident = $fused_number:literal, $first:ident, $fused_meaning:literal;)* }) => {
        /// An instruction's operation: one that the compiler writes, or one that the machine puts in its place. Those whose names
        /// begin with FUSED are our own, for several instructions that nobody looks between: nobody gets to see them.
        #[repr(u8)]
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Op {
            $(#[doc = $meaning] $name = $number,)*
            $(#[doc = $quick_meaning] $quick = $quick_number,)*
            $(#[doc = $fused_meaning] $fused = $fused_number,)*
        }

        impl Op {
            /// Every opcode that the compiler knows, by number.
            pub const ALL: &'static [Op] = &[$(Op::$name),*];
            /// The forms that only running code has, by number.
            pub const SPECIALIZED: &'static [Op] = &[$(Op::$quick),*];

            /// The opcode of compiled code with this number.
            pub const fn from_u8(number: u8) -> Option<Op> {
                match number { $($number => Some(Op::$name),)* _ => None }
            }

            /// The opcode of running code with this number.
            pub const fn of_running(number: u8) -> Option<Op> {
                match number { $($quick_number => Some(Op::$quick),)* other => Op::from_u8(other) }
            }

            /// The opcode that was compiled where this one stands now: itself, for most.
            #[inline(always)]
            pub const fn base(self) -> Op {
                Op::BASES[self as usize]
            }

            /// Stands for several instructions that nobody looks between.
            pub const fn is_fused(self) -> bool {
                matches!(self, $(Op::$fused)|*)
            }

            const BASES: [Op; 256] = {
                let mut bases = [Op::CACHE; 256];
                $(bases[$number] = Op::$name;)*
                $(bases[$quick_number] = Op::$base;)*
                $(bases[$fused_number] = Op::$first;)*
                bases
            };

            /// The name, as `dis` prints it.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$name => stringify!($name),)* $(Op::$quick => stringify!($quick),)* $(Op::$fused => stringify!($fused),)* }
            }

            pub const fn arg_kind(self) -> ArgKind {
                match self { $(Op::$name => ArgKind::$arg,)* other => other.base().arg_kind() }
            }

            /// Code units of inline cache that follow the instruction.
            pub const fn caches(self) -> usize {
                match self { $(Op::$name => $caches,)* other => other.base().caches() }
            }

            /// What it does, in one line.
            pub const fn meaning(self) -> &'static str {
                match self { $(Op::$name => $meaning,)* $(Op::$quick => $quick_meaning,)* $(Op::$fused => $fused_meaning,)* }
            }

            /// Values popped and pushed when control goes on to the next instruction.
            pub const fn effect(self, arg: u32) -> (u32, u32) {
                match self { $(Op::$name => { let $n = arg; ($pops, $pushes) })* other => other.base().effect(arg) }
            }

            /// Values popped and pushed when it jumps; for the others the same as [`Op::effect`].
            pub const fn jump_effect(self, arg: u32) -> (u32, u32) {
                match self {
                    $($(Op::$name => { let $jn = arg; ($jpops, $jpushes) })?)*
                    _ => self.effect(arg),
                }
            }
        }
    };
}

const fn bit(arg: u32, bit: u32) -> u32 {
    arg >> bit & 1
}

#[rustfmt::skip]
opcodes! {
compiled {
    // name                        number argument    pops => pushes (jump: when it jumps)  caches meaning
    CACHE                          =   0, None,         |_| 0 => 0,                           0, "room for the inline cache of the instruction before";
    POP_TOP                        =   1, None,         |_| 1 => 0,                           0, "drop the top of the stack";
    PUSH_NULL                      =   2, None,         |_| 0 => 1,                           0, "push a NULL, which a call takes for \"no self\"";
    NOP                            =   9, None,         |_| 0 => 0,                           0, "do nothing; keeps a line steppable";
    UNARY_POSITIVE                 =  10, None,         |_| 1 => 1,                           0, "value = pop(), push(+value)";
    UNARY_NEGATIVE                 =  11, None,         |_| 1 => 1,                           0, "value = pop(), push(-value)";
    UNARY_NOT                      =  12, None,         |_| 1 => 1,                           0, "value = pop(), push(not value)";
    UNARY_INVERT                   =  15, None,         |_| 1 => 1,                           0, "value = pop(), push(~value)";
    BINARY_SUBSCR                  =  25, None,         |_| 2 => 1,                           4, "key = pop(), container = pop(), push(container[key])";
    GET_LEN                        =  30, None,         |_| 0 => 1,                           0, "push(len(top)), leaving the value in place";
    MATCH_MAPPING                  =  31, None,         |_| 0 => 1,                           0, "push whether the top is a mapping";
    MATCH_SEQUENCE                 =  32, None,         |_| 0 => 1,                           0, "push whether the top is a sequence";
    MATCH_KEYS                     =  33, None,         |_| 0 => 1,                           0, "push the tuple of values for the tuple of keys on top, or None if one is missing";
    PUSH_EXC_INFO                  =  35, None,         |_| 1 => 2,                           0, "exc = pop(), push the exception handled so far, push(exc); exc is now the handled one";
    CHECK_EXC_MATCH                =  36, None,         |_| 1 => 1,                           0, "type = pop(), push whether the exception below matches it";
    CHECK_EG_MATCH                 =  37, None,         |_| 2 => 2,                           0, "type = pop(), group = pop(), push what remains of the group and what matches";
    WITH_EXCEPT_START              =  49, None,         |_| 0 => 1,                           0, "push(exit(type, exc, traceback)) with the exit function four below";
    GET_AITER                      =  50, None,         |_| 1 => 1,                           0, "value = pop(), push(value.__aiter__())";
    GET_ANEXT                      =  51, None,         |_| 0 => 1,                           0, "push the awaitable of top.__anext__()";
    BEFORE_ASYNC_WITH              =  52, None,         |_| 1 => 2,                           0, "manager = pop(), push(manager.__aexit__), push(manager.__aenter__())";
    BEFORE_WITH                    =  53, None,         |_| 1 => 2,                           0, "manager = pop(), push(manager.__exit__), push(manager.__enter__())";
    END_ASYNC_FOR                  =  54, None,         |_| 2 => 0,                           0, "end `async for` on StopAsyncIteration, raise any other exception again";
    STORE_SUBSCR                   =  60, None,         |_| 3 => 0,                           1, "key = pop(), container = pop(), container[key] = pop()";
    DELETE_SUBSCR                  =  61, None,         |_| 2 => 0,                           0, "key = pop(), container = pop(), del container[key]";
    GET_ITER                       =  68, None,         |_| 1 => 1,                           0, "value = pop(), push(iter(value))";
    GET_YIELD_FROM_ITER            =  69, None,         |_| 1 => 1,                           0, "as GET_ITER, but generators and coroutines stay what they are";
    PRINT_EXPR                     =  70, None,         |_| 1 => 0,                           0, "sys.displayhook(pop()), at the prompt";
    LOAD_BUILD_CLASS               =  71, None,         |_| 0 => 1,                           0, "push(builtins.__build_class__)";
    LOAD_ASSERTION_ERROR           =  74, None,         |_| 0 => 1,                           0, "push(AssertionError)";
    RETURN_GENERATOR               =  75, None,         |_| 0 => 0,                           0, "turn the frame into a generator and return it to the caller";
    LIST_TO_TUPLE                  =  82, None,         |_| 1 => 1,                           0, "list = pop(), push(tuple(list))";
    RETURN_VALUE                   =  83, None,         |_| 1 => 0,                           0, "return pop() to the caller";
    IMPORT_STAR                    =  84, None,         |_| 1 => 0,                           0, "module = pop(), copy its public names into the namespace";
    SETUP_ANNOTATIONS              =  85, None,         |_| 0 => 0,                           0, "make __annotations__ if there is none";
    YIELD_VALUE                    =  86, None,         |_| 1 => 1,                           0, "yield pop(); what is sent in comes on top";
    ASYNC_GEN_WRAP                 =  87, None,         |_| 1 => 1,                           0, "wrap the value that an asynchronous generator yields";
    PREP_RERAISE_STAR              =  88, None,         |_| 2 => 1,                           0, "put the exceptions that `except*` left over together";
    POP_EXCEPT                     =  89, None,         |_| 1 => 0,                           0, "the exception handled before is the handled one again";
    STORE_NAME                     =  90, Name,         |_| 1 => 0,                           0, "name = pop() in the namespace";
    DELETE_NAME                    =  91, Name,         |_| 0 => 0,                           0, "del name in the namespace";
    UNPACK_SEQUENCE                =  92, Count,        |n| 1 => n,                           1, "push the arg items of pop(), the first on top";
    FOR_ITER                       =  93, JumpForward,  |_| 0 => 1, jump |_| 1 => 0,          0, "push(next(top)), or drop the iterator and jump when it is exhausted";
    UNPACK_EX                      =  94, Count,        |n| 1 => (n & 0xff) + (n >> 8) + 1,   0, "unpack pop() with a starred target: low byte before it, the rest after it";
    STORE_ATTR                     =  95, Name,         |_| 2 => 0,                           4, "object = pop(), object.name = pop()";
    DELETE_ATTR                    =  96, Name,         |_| 1 => 0,                           0, "del pop().name";
    STORE_GLOBAL                   =  97, Name,         |_| 1 => 0,                           0, "name = pop() in the globals";
    DELETE_GLOBAL                  =  98, Name,         |_| 0 => 0,                           0, "del name in the globals";
    SWAP                           =  99, Depth,        |n| n => n,                           0, "exchange the top with the arg-th value";
    LOAD_CONST                     = 100, Const,        |_| 0 => 1,                           0, "push a constant";
    LOAD_NAME                      = 101, Name,         |_| 0 => 1,                           0, "push name from the namespace, the globals or the builtins";
    BUILD_TUPLE                    = 102, Count,        |n| n => 1,                           0, "pop arg items, push the tuple of them";
    BUILD_LIST                     = 103, Count,        |n| n => 1,                           0, "pop arg items, push the list of them";
    BUILD_SET                      = 104, Count,        |n| n => 1,                           0, "pop arg items, push the set of them";
    BUILD_MAP                      = 105, Count,        |n| 2 * n => 1,                       0, "pop arg pairs of key and value, push the dict of them";
    LOAD_ATTR                      = 106, Name,         |_| 1 => 1,                           4, "push(pop().name)";
    COMPARE_OP                     = 107, Compare,      |_| 2 => 1,                           2, "right = pop(), left = pop(), push(left op right)";
    IMPORT_NAME                    = 108, Name,         |_| 2 => 1,                           0, "fromlist = pop(), level = pop(), push the module";
    IMPORT_FROM                    = 109, Name,         |_| 0 => 1,                           0, "push(top.name), top being the module";
    JUMP_FORWARD                   = 110, JumpForward,  |_| 0 => 0,                           0, "jump ahead";
    JUMP_IF_FALSE_OR_POP           = 111, JumpForward,  |_| 1 => 0, jump |_| 0 => 0,          0, "jump if the top is false, else drop it";
    JUMP_IF_TRUE_OR_POP            = 112, JumpForward,  |_| 1 => 0, jump |_| 0 => 0,          0, "jump if the top is true, else drop it";
    POP_JUMP_FORWARD_IF_FALSE      = 114, JumpForward,  |_| 1 => 0,                           0, "jump ahead if pop() is false";
    POP_JUMP_FORWARD_IF_TRUE       = 115, JumpForward,  |_| 1 => 0,                           0, "jump ahead if pop() is true";
    LOAD_GLOBAL                    = 116, GlobalName,   |n| 0 => 1 + bit(n, 0),               5, "push name from the globals or the builtins, on a NULL if the low bit is set";
    IS_OP                          = 117, Flags,        |_| 2 => 1,                           0, "right = pop(), left = pop(), push(left is right), negated by arg 1";
    CONTAINS_OP                    = 118, Flags,        |_| 2 => 1,                           0, "container = pop(), item = pop(), push(item in container), negated by arg 1";
    RERAISE                        = 119, Flags,        |_| 1 => 0,                           0, "raise pop() again; a nonzero arg restores where it came from";
    COPY                           = 120, Depth,        |_| 0 => 1,                           0, "push the arg-th value once more";
    BINARY_OP                      = 122, Operator,     |_| 2 => 1,                           1, "right = pop(), left = pop(), push(left op right)";
    SEND                           = 123, JumpForward,  |_| 1 => 1, jump |_| 2 => 1,          0, "send pop() to the generator below; jump with its result when it has returned";
    LOAD_FAST                      = 124, Local,        |_| 0 => 1,                           0, "push a local variable";
    STORE_FAST                     = 125, Local,        |_| 1 => 0,                           0, "pop() into a local variable";
    DELETE_FAST                    = 126, Local,        |_| 0 => 0,                           0, "unbind a local variable";
    POP_JUMP_FORWARD_IF_NOT_NONE   = 128, JumpForward,  |_| 1 => 0,                           0, "jump ahead if pop() is not None";
    POP_JUMP_FORWARD_IF_NONE       = 129, JumpForward,  |_| 1 => 0,                           0, "jump ahead if pop() is None";
    RAISE_VARARGS                  = 130, Count,        |n| n => 0,                           0, "raise: arg 0 again, 1 the exception, 2 the exception and its cause";
    GET_AWAITABLE                  = 131, Flags,        |_| 1 => 1,                           0, "push the iterator that awaiting pop() needs";
    MAKE_FUNCTION                  = 132, Flags,        |n| 1 + bit(n, 0) + bit(n, 1) + bit(n, 2) + bit(n, 3) => 1, 0, "push a function of the code object on top; bits: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure";
    BUILD_SLICE                    = 133, Count,        |n| if n == 3 { 3 } else { 2 } => 1,  0, "pop arg bounds, push slice(…)";
    JUMP_BACKWARD_NO_INTERRUPT     = 134, JumpBackward, |_| 0 => 0,                           0, "jump back without looking for signals and thread switches";
    MAKE_CELL                      = 135, Free,         |_| 0 => 0,                           0, "put a new cell, holding the slot's value, into the slot";
    LOAD_CLOSURE                   = 136, Free,         |_| 0 => 1,                           0, "push the cell itself";
    LOAD_DEREF                     = 137, Free,         |_| 0 => 1,                           0, "push the content of a cell";
    STORE_DEREF                    = 138, Free,         |_| 1 => 0,                           0, "pop() into a cell";
    DELETE_DEREF                   = 139, Free,         |_| 0 => 0,                           0, "empty a cell";
    JUMP_BACKWARD                  = 140, JumpBackward, |_| 0 => 0,                           0, "jump back";
    CALL_FUNCTION_EX               = 142, Flags,        |n| 3 + bit(n, 0) => 1,               0, "call with a tuple of positional and, by bit 1, a mapping of keyword arguments";
    EXTENDED_ARG                   = 144, Flags,        |_| 0 => 0,                           0, "higher bits of the next instruction's argument";
    LIST_APPEND                    = 145, Depth,        |_| 1 => 0,                           0, "append pop() to the list arg below";
    SET_ADD                        = 146, Depth,        |_| 1 => 0,                           0, "add pop() to the set arg below";
    MAP_ADD                        = 147, Depth,        |_| 2 => 0,                           0, "value = pop(), key = pop(), store into the dict arg below";
    LOAD_CLASSDEREF                = 148, Free,         |_| 0 => 1,                           0, "push the name from the class body's namespace or else from a cell";
    COPY_FREE_VARS                 = 149, Count,        |_| 0 => 0,                           0, "copy the arg cells of the function's closure into the frame";
    RESUME                         = 151, Flags,        |_| 0 => 0,                           0, "start or resume: 0 at the start, 1 after yield, 2 after yield from, 3 after await";
    MATCH_CLASS                    = 152, Count,        |_| 3 => 1,                           0, "push the attributes of the subject for a class pattern, or None";
    FORMAT_VALUE                   = 155, Flags,        |n| 1 + bit(n, 2) => 1,               0, "push the formatted value: bits 1-2 say str, repr or ascii, bit 4 a format on top";
    BUILD_CONST_KEY_MAP            = 156, Count,        |n| n + 1 => 1,                       0, "keys = pop(), pop arg values, push the dict of them";
    BUILD_STRING                   = 157, Count,        |n| n => 1,                           0, "pop arg strings, push them joined";
    LOAD_METHOD                    = 160, Name,         |_| 1 => 2,                          10, "push the method and self, or NULL and the attribute";
    LIST_EXTEND                    = 162, Depth,        |_| 1 => 0,                           0, "extend the list arg below by pop()";
    SET_UPDATE                     = 163, Depth,        |_| 1 => 0,                           0, "add the items of pop() to the set arg below";
    DICT_MERGE                     = 164, Depth,        |_| 1 => 0,                           0, "merge pop() into the dict arg below, no key twice: keyword arguments";
    DICT_UPDATE                    = 165, Depth,        |_| 1 => 0,                           0, "update the dict arg below with pop()";
    PRECALL                        = 166, Count,        |_| 0 => 0,                           1, "prepare a call of arg arguments: a bound method comes apart";
    CALL                           = 171, Count,        |n| n + 2 => 1,                       4, "call with arg arguments, push the result";
    KW_NAMES                       = 172, Const,        |_| 0 => 0,                           0, "the names of the call's keyword arguments";
    POP_JUMP_BACKWARD_IF_NOT_NONE  = 173, JumpBackward, |_| 1 => 0,                           0, "jump back if pop() is not None";
    POP_JUMP_BACKWARD_IF_NONE      = 174, JumpBackward, |_| 1 => 0,                           0, "jump back if pop() is None";
    POP_JUMP_BACKWARD_IF_FALSE     = 175, JumpBackward, |_| 1 => 0,                           0, "jump back if pop() is false";
    POP_JUMP_BACKWARD_IF_TRUE      = 176, JumpBackward, |_| 1 => 0,                           0, "jump back if pop() is true";
}
specialized {
    // name                                        number stands for       meaning
    BINARY_OP_ADAPTIVE                            =   3, BINARY_OP,       "BINARY_OP that counts down to the next try to specialize itself";
    BINARY_OP_ADD_FLOAT                           =   4, BINARY_OP,       "float + float";
    BINARY_OP_ADD_INT                             =   5, BINARY_OP,       "int + int";
    BINARY_OP_ADD_UNICODE                         =   6, BINARY_OP,       "str + str";
    BINARY_OP_INPLACE_ADD_UNICODE                 =   7, BINARY_OP,       "str + str, stored back where the left one came from: it grows in place";
    BINARY_OP_MULTIPLY_FLOAT                      =   8, BINARY_OP,       "float * float";
    BINARY_OP_MULTIPLY_INT                        =  13, BINARY_OP,       "int * int";
    BINARY_OP_SUBTRACT_FLOAT                      =  14, BINARY_OP,       "float - float";
    BINARY_OP_SUBTRACT_INT                        =  16, BINARY_OP,       "int - int";
    BINARY_SUBSCR_ADAPTIVE                        =  17, BINARY_SUBSCR,   "BINARY_SUBSCR that counts down to the next try to specialize itself";
    BINARY_SUBSCR_DICT                            =  18, BINARY_SUBSCR,   "dict[key]";
    BINARY_SUBSCR_GETITEM                         =  19, BINARY_SUBSCR,   "x[key] with a __getitem__ written in Python: its frame is pushed right here";
    BINARY_SUBSCR_LIST_INT                        =  20, BINARY_SUBSCR,   "list[int], an index from the start";
    BINARY_SUBSCR_TUPLE_INT                       =  21, BINARY_SUBSCR,   "tuple[int], an index from the start";
    CALL_ADAPTIVE                                 =  22, CALL,            "CALL that counts down to the next try to specialize itself";
    CALL_PY_EXACT_ARGS                            =  23, CALL,            "call of a Python function with as many arguments as it has parameters";
    CALL_PY_WITH_DEFAULTS                         =  24, CALL,            "call of a Python function some of whose defaults are used";
    COMPARE_OP_ADAPTIVE                           =  26, COMPARE_OP,      "COMPARE_OP that counts down to the next try to specialize itself";
    COMPARE_OP_FLOAT_JUMP                         =  27, COMPARE_OP,      "compare two floats and jump at once";
    COMPARE_OP_INT_JUMP                           =  28, COMPARE_OP,      "compare two small ints and jump at once";
    COMPARE_OP_STR_JUMP                           =  29, COMPARE_OP,      "compare two strs for equality and jump at once";
    EXTENDED_ARG_QUICK                            =  34, EXTENDED_ARG,    "EXTENDED_ARG of code that has warmed up";
    JUMP_BACKWARD_QUICK                           =  38, JUMP_BACKWARD,   "JUMP_BACKWARD of code that has warmed up";
    LOAD_ATTR_ADAPTIVE                            =  39, LOAD_ATTR,       "LOAD_ATTR that counts down to the next try to specialize itself";
    LOAD_ATTR_INSTANCE_VALUE                      =  40, LOAD_ATTR,       "the attribute is the index-th value of the instance";
    LOAD_ATTR_MODULE                              =  41, LOAD_ATTR,       "the attribute is the index-th entry of the module's dict";
    LOAD_ATTR_SLOT                                =  42, LOAD_ATTR,       "the attribute is a slot at a fixed offset";
    LOAD_ATTR_WITH_HINT                           =  43, LOAD_ATTR,       "the attribute is probably the index-th entry of the instance's dict";
    LOAD_CONST__LOAD_FAST                         =  44, LOAD_CONST,      "LOAD_CONST and the LOAD_FAST behind it in one";
    LOAD_FAST__LOAD_CONST                         =  45, LOAD_FAST,       "LOAD_FAST and the LOAD_CONST behind it in one";
    LOAD_FAST__LOAD_FAST                          =  46, LOAD_FAST,       "two LOAD_FASTs in one";
    LOAD_GLOBAL_ADAPTIVE                          =  47, LOAD_GLOBAL,     "LOAD_GLOBAL that counts down to the next try to specialize itself";
    LOAD_GLOBAL_BUILTIN                           =  48, LOAD_GLOBAL,     "the name is not in the globals, and the index-th entry of the builtins";
    LOAD_GLOBAL_MODULE                            =  55, LOAD_GLOBAL,     "the name is the index-th entry of the globals";
    LOAD_METHOD_ADAPTIVE                          =  56, LOAD_METHOD,     "LOAD_METHOD that counts down to the next try to specialize itself";
    LOAD_METHOD_CLASS                             =  57, LOAD_METHOD,     "the function is in the class itself";
    LOAD_METHOD_MODULE                            =  58, LOAD_METHOD,     "the function is the index-th entry of the module's dict";
    LOAD_METHOD_NO_DICT                           =  59, LOAD_METHOD,     "the method is in the class, and instances have no dict";
    LOAD_METHOD_WITH_DICT                         =  62, LOAD_METHOD,     "the method is in the class, and the instance's dict has no such key";
    LOAD_METHOD_WITH_VALUES                       =  63, LOAD_METHOD,     "the method is in the class, and no instance has a value of that name";
    PRECALL_ADAPTIVE                              =  64, PRECALL,         "PRECALL that counts down to the next try to specialize itself";
    PRECALL_BOUND_METHOD                          =  65, PRECALL,         "a bound method comes apart";
    PRECALL_BUILTIN_CLASS                         =  66, PRECALL,         "call of a builtin type that has a fast way of being called";
    PRECALL_BUILTIN_FAST_WITH_KEYWORDS            =  67, PRECALL,         "call of a builtin function that takes an array of arguments, and names";
    PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS  =  72, PRECALL,         "call of a builtin method that takes an array of arguments, and names";
    PRECALL_NO_KW_BUILTIN_FAST                    =  73, PRECALL,         "call of a builtin function that takes an array of arguments";
    PRECALL_NO_KW_BUILTIN_O                       =  76, PRECALL,         "call of a builtin function of one argument";
    PRECALL_NO_KW_ISINSTANCE                      =  77, PRECALL,         "isinstance(x, y)";
    PRECALL_NO_KW_LEN                             =  78, PRECALL,         "len(x)";
    PRECALL_NO_KW_LIST_APPEND                     =  79, PRECALL,         "list.append(x), its result dropped";
    PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST          =  80, PRECALL,         "call of a builtin method that takes an array of arguments";
    PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS        =  81, PRECALL,         "call of a builtin method without arguments";
    PRECALL_NO_KW_METHOD_DESCRIPTOR_O             = 113, PRECALL,         "call of a builtin method of one argument";
    PRECALL_NO_KW_STR_1                           = 121, PRECALL,         "str(x)";
    PRECALL_NO_KW_TUPLE_1                         = 127, PRECALL,         "tuple(x)";
    PRECALL_NO_KW_TYPE_1                          = 141, PRECALL,         "type(x)";
    PRECALL_PYFUNC                                = 143, PRECALL,         "the callable is a Python function";
    RESUME_QUICK                                  = 150, RESUME,          "RESUME of code that has warmed up";
    STORE_ATTR_ADAPTIVE                           = 153, STORE_ATTR,      "STORE_ATTR that counts down to the next try to specialize itself";
    STORE_ATTR_INSTANCE_VALUE                     = 154, STORE_ATTR,      "the attribute is the index-th value of the instance";
    STORE_ATTR_SLOT                               = 158, STORE_ATTR,      "the attribute is a slot at a fixed offset";
    STORE_ATTR_WITH_HINT                          = 159, STORE_ATTR,      "the attribute is probably the index-th entry of the instance's dict";
    STORE_FAST__LOAD_FAST                         = 161, STORE_FAST,      "STORE_FAST and the LOAD_FAST behind it in one";
    STORE_FAST__STORE_FAST                        = 167, STORE_FAST,      "two STORE_FASTs in one";
    STORE_SUBSCR_ADAPTIVE                         = 168, STORE_SUBSCR,    "STORE_SUBSCR that counts down to the next try to specialize itself";
    STORE_SUBSCR_DICT                             = 169, STORE_SUBSCR,    "dict[key] = value";
    STORE_SUBSCR_LIST_INT                         = 170, STORE_SUBSCR,    "list[int] = value, an index from the start";
    UNPACK_SEQUENCE_ADAPTIVE                      = 177, UNPACK_SEQUENCE, "UNPACK_SEQUENCE that counts down to the next try to specialize itself";
    UNPACK_SEQUENCE_LIST                          = 178, UNPACK_SEQUENCE, "a list of as many items";
    UNPACK_SEQUENCE_TUPLE                         = 179, UNPACK_SEQUENCE, "a tuple of as many items";
    UNPACK_SEQUENCE_TWO_TUPLE                     = 180, UNPACK_SEQUENCE, "a tuple of two items";
}
fused {
    // name                            number begins with  meaning
    FUSED_LOADS_NUMBER_OP             = 200, LOAD_FAST,  "two loads of a variable or constant, and a BINARY_OP for two ints or two floats";
    FUSED_LOAD_NUMBER_OP              = 201, LOAD_FAST,  "such a load, and a BINARY_OP with what is on the stack";
    FUSED_LOADS_COMPARE               = 202, LOAD_FAST,  "two such loads, a COMPARE_OP for two ints or two floats, and its jump";
    FUSED_LOAD_COMPARE                = 203, LOAD_FAST,  "such a load, a COMPARE_OP with what is on the stack, and its jump";
    FUSED_LOADS_SUBSCR                = 204, LOAD_FAST,  "two such loads, and a BINARY_SUBSCR for a list or tuple and an int";
    FUSED_LOAD_ATTR                   = 205, LOAD_FAST,  "the load of a variable, and of one of its values or slots";
    FUSED_LOAD_METHOD                 = 206, LOAD_FAST,  "the load of a variable, and of a method of its class";
    FUSED_LOAD_STORE_ATTR             = 207, LOAD_FAST,  "the load of a variable, and a STORE_ATTR to one of its values or slots";
    FUSED_LOAD_JUMP                   = 208, LOAD_FAST,  "the load of a variable, and a jump on its truth";
    FUSED_COPY_ATTR                   = 209, COPY,       "COPY 1, and one of the values of the copy";
    FUSED_PRECALL_CALL                = 210, PRECALL,    "PRECALL and CALL of a Python function";
    FUSED_UNPACK_STORE                = 211, UNPACK_SEQUENCE, "UNPACK_SEQUENCE of a tuple or list, and the STORE_FASTs behind it";
    FUSED_LOAD_SUBSCR                 = 212, LOAD_FAST,  "such a load, and a BINARY_SUBSCR of the list or tuple on the stack";
    FUSED_LOADS_STORE_SUBSCR          = 213, LOAD_FAST,  "two such loads, and a STORE_SUBSCR to a list at a small index";
}
}

impl Op {
    pub const fn has_arg(self) -> bool {
        self.base() as u8 >= HAVE_ARGUMENT
    }

    /// It is one of the forms that an opcode has in running code, or such an opcode.
    #[inline]
    pub fn has_forms(self) -> bool {
        self.base().adaptive().is_some()
    }

    /// Has the opcode a form of running code that does the next instruction too?
    pub fn may_do_next(self) -> bool {
        matches!(self, Op::LOAD_FAST | Op::LOAD_CONST | Op::STORE_FAST | Op::COMPARE_OP | Op::PRECALL | Op::BINARY_OP)
    }

    /// The form of running code that looks for a better one, if the opcode has such forms.
    pub fn adaptive(self) -> Option<Op> {
        Some(match self {
            Op::BINARY_OP => Op::BINARY_OP_ADAPTIVE,
            Op::BINARY_SUBSCR => Op::BINARY_SUBSCR_ADAPTIVE,
            Op::CALL => Op::CALL_ADAPTIVE,
            Op::COMPARE_OP => Op::COMPARE_OP_ADAPTIVE,
            Op::LOAD_ATTR => Op::LOAD_ATTR_ADAPTIVE,
            Op::LOAD_GLOBAL => Op::LOAD_GLOBAL_ADAPTIVE,
            Op::LOAD_METHOD => Op::LOAD_METHOD_ADAPTIVE,
            Op::PRECALL => Op::PRECALL_ADAPTIVE,
            Op::STORE_ATTR => Op::STORE_ATTR_ADAPTIVE,
            Op::STORE_SUBSCR => Op::STORE_SUBSCR_ADAPTIVE,
            Op::UNPACK_SEQUENCE => Op::UNPACK_SEQUENCE_ADAPTIVE,
            _ => return None,
        })
    }

    /// Has a jump target.
    pub const fn is_jump(self) -> bool {
        matches!(self.arg_kind(), ArgKind::JumpForward | ArgKind::JumpBackward)
    }

    /// The truth of the value that it pops at which it jumps, if it looks at one.
    #[inline(always)]
    pub const fn jumps_if(self) -> Option<bool> {
        match self {
            Op::POP_JUMP_FORWARD_IF_TRUE | Op::POP_JUMP_BACKWARD_IF_TRUE => Some(true),
            Op::POP_JUMP_FORWARD_IF_FALSE | Op::POP_JUMP_BACKWARD_IF_FALSE => Some(false),
            _ => None,
        }
    }

    /// Control never goes on to the next instruction.
    pub const fn ends_block(self) -> bool {
        matches!(
            self,
            Op::RETURN_VALUE | Op::RAISE_VARARGS | Op::RERAISE | Op::JUMP_FORWARD | Op::JUMP_BACKWARD | Op::JUMP_BACKWARD_NO_INTERRUPT
        )
    }

    /// Change of the stack's depth when control goes on to the next instruction.
    pub const fn stack_effect(self, arg: u32) -> i32 {
        let (pops, pushes) = self.effect(arg);
        pushes as i32 - pops as i32
    }

    /// Change of the stack's depth when it jumps.
    pub const fn jump_stack_effect(self, arg: u32) -> i32 {
        let (pops, pushes) = self.jump_effect(arg);
        pushes as i32 - pops as i32
    }
}
