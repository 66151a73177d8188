//! What all nodes can do: be made of their fields, by place or by name, and be pickled.
//!
//! `ast.Name("x", ast.Load())`, `ast.Name(id="x", ctx=ast.Load(), lineno=1)`.
//! Counterpart in CPython 3.11: `ast_type_init` and `ast_type_reduce` in `Python/Python-ast.c`.

use super::wrong;
use crate::{
    heap::ObjRef,
    objects::Objects,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

pub(super) fn natives() -> Vec<Def> {
    vec![
        Def::wrapper("__init__", Signature::Any, init),
        Def::method("__reduce__", Signature::None, |vm, args| {
            let this = args.at(vm, 0);
            let class = vm.ty(this);
            vm.incref(class);
            let empty = vm.new_tuple([]);
            let attributes = vm.instance_dict(this);
            let attributes = match attributes {
                Some(dict) => vm.own(dict),
                None => vm.new_dict(),
            };
            done(vm.new_tuple([class, empty, attributes]))
        }),
    ]
}

/// `_fields` of the node's class.
fn fields(vm: &mut Vm, node: ObjRef) -> Result<Vec<ObjRef>, Raised> {
    let class = vm.ty(node);
    let name = vm.new_interned("_fields");
    let found = vm.type_lookup(class, name);
    vm.decref(name);
    Ok(found.and_then(|fields| vm.heap.sequence(fields)).map(<[ObjRef]>::to_vec).unwrap_or_default())
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let node = args.at(vm, 0);
    let fields = fields(vm, node)?;
    let given = args.from(vm, 1);
    if given.len() > fields.len() {
        let (title, count) = (vm.type_name(node), fields.len());
        let plural = if count == 1 { "" } else { "s" };
        let title = title.rsplit('.').next().unwrap_or_default().to_string();
        return Err(wrong(vm, format!("{title} constructor takes at most {count} positional argument{plural}")));
    }
    for (&name, value) in fields.iter().zip(&given) {
        vm.set_own_attr(node, name, *value);
    }
    for (name, value) in args.keywords(vm) {
        let text = vm.name_text(name);
        if fields.iter().take(given.len()).any(|&field| vm.name_text(field) == text) {
            let title = vm.type_name(node);
            let title = title.rsplit('.').next().unwrap_or_default().to_string();
            return Err(wrong(vm, format!("{title} got multiple values for argument '{text}'")));
        }
        let key = vm.new_interned(&text);
        vm.set_own_attr(node, key, value);
        vm.decref(key);
    }
    done(vm.none())
}
