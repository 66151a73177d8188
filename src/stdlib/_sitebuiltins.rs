//! What CPython's `site` adds to the builtins: `exit`, `quit`, `help`, `copyright`, `credits`, `license`.
//!
//! They are here without that module, and without its instructions: `exit()` raises SystemExit, `help(x)` is `pydoc`'s.
//! Counterpart in CPython 3.11: `Lib/_sitebuiltins.py`. `exit` alone shows `Use exit() or Ctrl-D (i.e. EOF) to exit`.

use super::{NewClass, add_class};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

const MODULE: &str = "_sitebuiltins";

const COPYRIGHT: &str = "\
Copyright (c) 2001-2023 Python Software Foundation.
All Rights Reserved.

Copyright (c) 2000 BeOpen.com.
All Rights Reserved.

Copyright (c) 1995-2001 Corporation for National Research Initiatives.
All Rights Reserved.

Copyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.
All Rights Reserved.";
const CREDITS: &str = "    Thanks to CWI, CNRI, BeOpen.com, Zope Corporation and a cast of thousands
    for supporting Python development.  See www.python.org for more information.";
const LICENSE: &str = "See https://www.python.org/psf/license/";

/// Puts them into the `builtins` namespace.
pub fn install(vm: &mut Vm) {
    let dict = vm.new_dict();
    let quitter = vec![
        Def::wrapper("__call__", Signature::Named("code=None"), quit),
        Def::wrapper("__repr__", Signature::None, |vm, args| {
            let name = text_of(vm, args.at(vm, 0), "name");
            done(vm.new_str(format!("Use {name}() or Ctrl-D (i.e. EOF) to exit")))
        }),
    ];
    let quitter = add_class(vm, dict, NewClass { module: MODULE, name: "Quitter", base: OBJECT, natives: quitter, slots: None });
    let printer = vec![
        Def::wrapper("__call__", Signature::None, |vm, args| {
            let text = text_of(vm, args.at(vm, 0), "_text");
            let text = vm.new_str(text);
            let print = vm.dict_get_text(vm.builtins, "print").unwrap_or(NONE);
            let result = vm.call(print, &[text]);
            vm.decref(text);
            result
        }),
        Def::wrapper("__repr__", Signature::None, |vm, args| {
            let text = text_of(vm, args.at(vm, 0), "_text");
            done(vm.new_str(text))
        }),
    ];
    let printer = add_class(vm, dict, NewClass { module: MODULE, name: "_Printer", base: OBJECT, natives: printer, slots: None });
    let helper = vec![
        Def::wrapper("__call__", Signature::Any, help),
        Def::wrapper("__repr__", Signature::None, |vm, _| {
            done(vm.new_str("Type help() for interactive help, or help(object) for help about object."))
        }),
    ];
    let helper = add_class(vm, dict, NewClass { module: MODULE, name: "_Helper", base: OBJECT, natives: helper, slots: None });
    for name in ["quit", "exit"] {
        let parts = [("name", name), ("eof", "Ctrl-D (i.e. EOF)")];
        place(vm, quitter, name, &parts);
    }
    for (name, text) in [("copyright", COPYRIGHT), ("credits", CREDITS), ("license", LICENSE)] {
        place(vm, printer, name, &[("_text", text)]);
    }
    place(vm, helper, "help", &[]);
    vm.decref(dict);
}

fn place(vm: &mut Vm, class: ObjRef, name: &str, attributes: &[(&str, &str)]) {
    let object = vm.new_instance(class);
    for (attribute, text) in attributes {
        let (attribute, text) = (vm.new_interned(attribute), vm.new_str(*text));
        vm.set_own_attr(object, attribute, text);
        vm.decref_all([attribute, text]);
    }
    let builtins = vm.builtins;
    vm.dict_set_text(builtins, name, object);
}

fn text_of(vm: &mut Vm, object: ObjRef, name: &str) -> String {
    let name = vm.new_interned(name);
    let text = vm.own_attr(object, name).map(|text| vm.name_text(text)).unwrap_or_default();
    vm.decref(name);
    text
}

/// `exit(code=None)`
fn quit(vm: &mut Vm, args: Args) -> Res {
    let code = args.get(vm, 1).unwrap_or(NONE);
    vm.incref(code);
    let args = vm.new_tuple([code]);
    Err(vm.raise_args(SYSTEM_EXIT, args))
}

/// `help(x)`: `pydoc.help(x)`
fn help(vm: &mut Vm, args: Args) -> Res {
    let refs = args.from(vm, 1);
    vm.call_then(
        "help",
        &refs,
        |vm, _| {
            let import = vm.dict_get_str(vm.builtins, vm.names.import).unwrap_or(NONE);
            let name = vm.new_str("pydoc");
            let result = vm.call(import, &[name]);
            vm.decref(name);
            result
        },
        |vm, refs, module| {
            let function = match vm.heap.body(module) {
                Body::Module(record) => vm.dict_get_text(record.dict, "help"),
                _ => None,
            };
            let result = match function {
                Some(function) => vm.call(function, refs),
                None => done(vm.none()),
            };
            vm.decref(module);
            result
        },
    )
}
