//! The names the machine itself looks up, interned once: `vm.names.init` is the str `"__init__"`.

use crate::{
    heap::ObjRef,
    objects::{Heap, str::Interned, types::special},
};

macro_rules! names {
    ($($field:ident = $text:literal,)*) => {
        /// One interned string a field, each with a reference of its own.
        #[derive(Clone, Debug)]
        pub struct Names {
            $(pub $field: ObjRef,)*
            /// The names of [`special::NAMES`], in their order.
            pub special: Vec<ObjRef>,
            /// `__add__`, `__radd__`, `__iadd__` for each operator, in the order of BINARY_OP.
            pub operators: Vec<[ObjRef; 3]>,
            /// `__lt__` … `__ge__` in the order of COMPARE_OP.
            pub comparisons: [ObjRef; 6],
        }

        impl Names {
            pub fn new(heap: &mut Heap, interned: &mut Interned) -> Names {
                Names {
                    $($field: interned.get(heap, $text),)*
                    special: special::NAMES.iter().map(|name| interned.get(heap, name)).collect(),
                    operators: OPERATORS
                        .iter()
                        .map(|name| ["", "r", "i"].map(|prefix| interned.get(heap, &format!("__{prefix}{name}__"))))
                        .collect(),
                    comparisons: ["lt", "le", "eq", "ne", "gt", "ge"].map(|name| interned.get(heap, &format!("__{name}__"))),
                }
            }

            /// All of them, for the audit: once for each reference held.
            pub fn each(&self) -> Vec<ObjRef> {
                let mut all = vec![$(self.$field),*];
                all.extend(&self.special);
                all.extend(self.operators.iter().flatten());
                all.extend(self.comparisons);
                all
            }
        }
    };
}

/// Special method stems in the order of BINARY_OP's argument.
pub const OPERATORS: [&str; 13] =
    ["add", "and", "floordiv", "lshift", "matmul", "mul", "mod", "or", "pow", "rshift", "sub", "truediv", "xor"];

names! {
    abs = "__abs__",
    abstractmethods = "__abstractmethods__",
    aenter = "__aenter__",
    aexit = "__aexit__",
    aiter = "__aiter__",
    all = "__all__",
    anext = "__anext__",
    annotations = "__annotations__",
    args = "args",
    await_ = "__await__",
    bool_ = "__bool__",
    build_class = "__build_class__",
    builtins = "__builtins__",
    bytes = "__bytes__",
    call = "__call__",
    class = "__class__",
    class_getitem = "__class_getitem__",
    classcell = "__classcell__",
    close = "close",
    complex = "__complex__",
    contains = "__contains__",
    del = "__del__",
    delattr = "__delattr__",
    delete = "__delete__",
    delitem = "__delitem__",
    dict = "__dict__",
    dir = "__dir__",
    divmod = "__divmod__",
    doc = "__doc__",
    enter = "__enter__",
    eq = "__eq__",
    exit = "__exit__",
    file = "__file__",
    float = "__float__",
    flush = "flush",
    format = "__format__",
    ge = "__ge__",
    get = "__get__",
    getattr = "__getattr__",
    getattribute = "__getattribute__",
    getitem = "__getitem__",
    gt = "__gt__",
    hash = "__hash__",
    import = "__import__",
    index = "__index__",
    init = "__init__",
    init_subclass = "__init_subclass__",
    instancecheck = "__instancecheck__",
    int = "__int__",
    invert = "__invert__",
    iter = "__iter__",
    join = "join",
    keys = "keys",
    le = "__le__",
    len = "__len__",
    length_hint = "__length_hint__",
    lt = "__lt__",
    main = "__main__",
    match_args = "__match_args__",
    metaclass = "metaclass",
    missing = "__missing__",
    module = "__module__",
    mro_entries = "__mro_entries__",
    name = "__name__",
    ne = "__ne__",
    neg = "__neg__",
    new = "__new__",
    next = "__next__",
    notes = "__notes__",
    orig_bases = "__orig_bases__",
    package = "__package__",
    path = "__path__",
    pos = "__pos__",
    prepare = "__prepare__",
    qualname = "__qualname__",
    rdivmod = "__rdivmod__",
    repr = "__repr__",
    reversed = "__reversed__",
    round = "__round__",
    self_ = "self",
    send = "send",
    set = "__set__",
    set_name = "__set_name__",
    setattr = "__setattr__",
    setitem = "__setitem__",
    sizeof = "__sizeof__",
    slots = "__slots__",
    spec = "__spec__",
    loader = "__loader__",
    stderr = "stderr",
    stdin = "stdin",
    stdout = "stdout",
    str = "__str__",
    subclasscheck = "__subclasscheck__",
    throw = "throw",
    trunc = "__trunc__",
    underscore = "_",
    weakref = "__weakref__",
    write = "write",
}
