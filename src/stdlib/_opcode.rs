//! `_opcode`: how instructions change the depth of the value stack, and the table of all of them.
//!
//! `_opcode.stack_effect(122, 0)` (BINARY_OP) is -1. `_opcode.table()` has a row for each: number, name, the kind of its argument,
//! inline caches. Counterpart in CPython 3.11: `Modules/_opcode.c`, and `Lib/opcode.py`.

use crate::{
    builtins::convert,
    bytecode::opcode::{OPERATORS, Op},
    heap::ObjRef,
    objects::core_types::*,
    vm::{
        Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let functions = vec![
        Def::function("stack_effect", Signature::Named("opcode, oparg=None, /, *, jump=None"), stack_effect),
        Def::function("get_specialization_stats", Signature::None, |vm, _| done(vm.none())),
        Def::function("table", Signature::None, table),
        Def::function("operators", Signature::None, |vm, _| {
            let texts: Vec<ObjRef> = OPERATORS.iter().map(|text| vm.new_str(*text)).collect();
            done(vm.new_list(texts))
        }),
        Def::function("specialized", Signature::None, |vm, _| {
            let rows: Vec<ObjRef> = Op::SPECIALIZED.iter().map(|op| row(vm, *op)).collect();
            done(vm.new_list(rows))
        }),
    ];
    super::add_functions(vm, dict, "_opcode", functions);
}

/// `(number, name, kind of argument, caches, base)`
fn row(vm: &mut Vm, op: Op) -> ObjRef {
    let items = [
        vm.new_int(op as i64),
        vm.new_interned(op.name()),
        vm.new_str(format!("{:?}", op.arg_kind())),
        vm.new_usize(op.caches()),
        vm.new_interned(op.base().name()),
    ];
    vm.new_tuple(items)
}

fn table(vm: &mut Vm, _args: Args) -> Res {
    let rows: Vec<ObjRef> = Op::ALL.iter().map(|op| row(vm, *op)).collect();
    done(vm.new_list(rows))
}

fn stack_effect(vm: &mut Vm, args: Args) -> Res {
    let number = convert::c_int(vm, args.at(vm, 0))?;
    let arg = args.given(vm, 1);
    let jump = match args.get(vm, 2) {
        None | Some(NONE) => None,
        Some(TRUE) => Some(true),
        Some(FALSE) => Some(false),
        Some(_) => return Err(vm.value_error("stack_effect: jump must be False, True or None")),
    };
    // What the compiler knows only as a mark within its own lists.
    let pseudo = matches!(number, 256..=265);
    let op = u8::try_from(number).ok().and_then(Op::from_u8);
    let has_arg = pseudo || number >= i32::from(crate::bytecode::opcode::HAVE_ARGUMENT);
    let arg = match (has_arg, arg) {
        (true, None) => return Err(vm.value_error("stack_effect: opcode requires oparg but oparg was not specified")),
        (false, Some(_)) => return Err(vm.value_error("stack_effect: opcode does not permit oparg but oparg was specified")),
        (true, Some(arg)) => convert::c_int(vm, arg)? as u32,
        (false, None) => 0,
    };
    let Some(op) = op else { return Err(vm.value_error("invalid opcode or oparg")) };
    let (plain, jumping) = (op.stack_effect(arg), op.jump_stack_effect(arg));
    let effect = match jump {
        Some(true) => jumping,
        Some(false) => plain,
        None => plain.max(jumping),
    };
    done(vm.new_int(i64::from(effect)))
}
