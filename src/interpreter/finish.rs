//! The end: what the last exception means, exit functions, and the modules taken down in CPython's order.
//!
//! ```text
//!   atexit → flush → collect → sys's own references → modules, oldest first → collect → what is left of them → sys, builtins
//! ```
//!
//! So a `__del__` sees the globals of its module as long as anything holds it. Counterpart in CPython 3.11: `Py_FinalizeEx`,
//! `finalize_modules`, `PyErr_PrintEx`. `sys.exit("x")` prints x on stderr and ends with status 1.

use crate::{
    builtins::{
        functions::io::{own_stream, write_stderr},
        types::weak::new_weakref,
    },
    heap::ObjRef,
    interpreter::{Exit, Uncaught, drive, importlib, pass_output, traceback},
    objects::{Body, Objects, core_types::*},
    vm::{Outcome, Raised, Vm, frame::Receive, hooks::NoHooks, host::Host},
};

/// Every thread waits for another one. CPython would wait for ever; here the user is told why, and what follows is as if
/// Ctrl-C had been pressed.
pub fn deadlocked(vm: &mut Vm, host: &mut dyn Host) {
    let text = vm.explain_deadlock().join("\n");
    host.write(crate::vm::host::Stream::Stderr, format!("uncoil: {text}\n").as_bytes());
    vm.threads.shut_down = true;
    vm.interrupt_main();
}

/// What the end of a program means: exit status, and the traceback on stderr if an exception ended it.
pub fn conclude(vm: &mut Vm, result: Result<ObjRef, Raised>) -> Exit {
    match result {
        Ok(value) => {
            vm.decref(value);
            Exit { status: 0, exception: None }
        }
        // Where a prompt follows, it ends nothing.
        Err(raised) if vm.exception_matches(raised.0, SYSTEM_EXIT) && !vm.config.inspect => system_exit(vm, raised),
        Err(raised) => print_exception(vm, raised),
    }
}

/// `SystemExit` carries a status, or something to print.
pub fn system_exit(vm: &mut Vm, raised: Raised) -> Exit {
    let type_name = vm.type_name(raised.0).to_string();
    let message = traceback::message_of(vm, raised.0);
    let code = vm.heap.exception(raised.0).and_then(|exception| exception.fields.first().copied().flatten());
    let text = code.map(|code| vm.repr_lossy(code));
    let status = match code {
        None | Some(NONE) => 0,
        Some(code) if vm.is_int(code) => vm.small_value(code).map_or(-1, |code| code as i32) & 0xff,
        Some(code) => {
            let text = traceback::text_of(vm, code) + "\n";
            write_stderr(vm, &text);
            1
        }
    };
    vm.decref(raised.0);
    Exit { status, exception: Some(Uncaught { type_name, message, traceback: String::new(), code: text }) }
}

/// `sys.excepthook` is told of the exception that ended the program, or a statement at the prompt.
pub fn print_exception(vm: &mut Vm, raised: Raised) -> Exit {
    let exception = raised.0;
    let type_name = vm.type_name(exception).to_string();
    let message = traceback::message_of(vm, exception);
    let pieces = traceback::pieces_of(vm, exception);
    let text = pieces.text.clone();
    let mut exit = Exit { status: 1, exception: Some(Uncaught { type_name, message, traceback: text.clone(), code: None }) };
    if vm.exception_matches(exception, KEYBOARD_INTERRUPT) {
        exit.status = 130;
    }
    let dict = vm.sys_dict;
    let last = vm.heap.exception(exception).and_then(|record| record.traceback).unwrap_or(NONE);
    let parts = [vm.ty(exception), exception, last];
    for (name, value) in ["last_type", "last_value", "last_traceback"].into_iter().zip(parts) {
        vm.incref(value);
        vm.dict_set_text(dict, name, value);
    }
    match vm.dict_get_text(dict, "excepthook") {
        None => write_stderr(vm, &format!("sys.excepthook is missing\n{text}")),
        hook if hook == vm.dict_get_text(dict, "__excepthook__") => traceback::print_pieces(vm, exception, &pieces),
        Some(hook) => {
            vm.incref(hook);
            let result = vm.call_now(hook, &parts);
            vm.decref(hook);
            match result {
                Ok(value) => vm.decref(value),
                Err(second) if vm.exception_matches(second.0, SYSTEM_EXIT) => exit = system_exit(vm, second),
                Err(second) => {
                    let error = traceback::format_exception(vm, second.0);
                    vm.decref(second.0);
                    write_stderr(vm, &format!("Error in sys.excepthook:\n{error}\nOriginal exception was:\n{text}"));
                }
            }
        }
    }
    vm.decref(exception);
    exit
}

/// The program's file is no longer `__main__`'s: at the prompt and in finalizers `__file__` is not there.
pub fn forget_file(vm: &mut Vm) {
    let Some(main) = vm.dict_get_text(vm.modules, "__main__") else { return };
    let Body::Module(record) = vm.heap.body(main) else { return };
    let dict = record.dict;
    // Of a module run by -m they stay: only a file's are its runner's.
    if vm.dict_get_text(dict, "__spec__") != Some(NONE) {
        return;
    }
    for name in ["__file__", "__cached__"] {
        let name = vm.new_interned(name);
        vm.dict_del_str(dict, name);
        vm.decref(name);
    }
}

/// What `finalize_modules_delete_special` takes from `sys`.
const SPECIAL: [&str; 10] =
    ["path", "argv", "ps1", "ps2", "last_type", "last_value", "last_traceback", "path_hooks", "path_importer_cache", "meta_path"];

/// Takes the program down: exit functions, then its modules; what they hold dies, finalizers run, cycles are collected. False: the
/// standard streams could not be flushed, which is exit status 120.
pub fn shutdown(vm: &mut Vm, host: &mut dyn Host) -> bool {
    vm.drop_literals();
    forget_file(vm);
    settle(vm, host);
    join_threads(vm, host);
    run_exit_functions(vm, host);
    let flushed = flush(vm, host);
    vm.finalizing = true;
    collect(vm, host);
    let (sys, builtins, modules) = (vm.sys_dict, vm.builtins, vm.modules);
    set_none(vm, host, builtins, "_");
    for name in SPECIAL {
        set_none(vm, host, sys, name);
    }
    for (name, original) in [("stdin", "__stdin__"), ("stdout", "__stdout__"), ("stderr", "__stderr__")] {
        let value = vm.dict_get_text(sys, original).unwrap_or(NONE);
        vm.incref(value);
        vm.dict_set_text(sys, name, value);
        settle(vm, host);
    }
    // From here on tracebacks show no source: CPython reads it with `io`, which is gone.
    vm.sources.clear();
    let entries: Vec<(ObjRef, ObjRef)> = vm.heap.dict(modules).map(|dict| dict.iter().collect()).unwrap_or_default();
    let mut left = Vec::new();
    for (name, module) in entries {
        if matches!(vm.heap.body(module), Body::Module(_))
            && let Ok(weak) = new_weakref(vm, WEAKREF, module, None)
        {
            left.push(weak);
        }
        let none = vm.none();
        vm.dict_set_str(modules, name, none);
        settle(vm, host);
    }
    let names: Vec<ObjRef> = vm.heap.dict(modules).map(|dict| dict.iter().map(|(name, _)| name).collect()).unwrap_or_default();
    for name in names {
        vm.dict_del_str(modules, name);
    }
    collect(vm, host);
    let added: Vec<ObjRef> = vm.heap.dict(builtins).map(|dict| dict.iter().map(|(name, _)| name).collect()).unwrap_or_default();
    for name in added.into_iter().skip(vm.builtins_count) {
        vm.dict_del_str(builtins, name);
        settle(vm, host);
    }
    for weak in left.into_iter().rev() {
        if let Body::WeakRef(record) = vm.heap.body(weak)
            && let Some(module) = record.referent
            && let Body::Module(record) = vm.heap.body(module)
            && !matches!(record.dict, dict if dict == sys || dict == builtins)
        {
            let dict = record.dict;
            vm.incref(module);
            clear_namespace(vm, host, dict);
            vm.decref(module);
            settle(vm, host);
        }
        vm.decref(weak);
    }
    clear_namespace(vm, host, sys);
    clear_namespace(vm, host, builtins);
    collect(vm, host);
    vm.set_tracer(None);
    vm.set_profiler(None);
    let hooks = std::mem::take(&mut vm.async_hooks);
    vm.decref_all(hooks.firstiter.into_iter().chain(hooks.finalizer));
    settle(vm, host);
    pass_output(vm, host);
    flushed
}

/// Waits for all threads that are no daemons.
fn join_threads(vm: &mut Vm, host: &mut dyn Host) {
    if vm.threads.list.len() == 1 || vm.threads.shut_down {
        return;
    }
    let mut result = vm.join_threads();
    if let Ok(Outcome::Pushed) = result {
        result = loop {
            if let Some(result) = drive(vm, host, &mut NoHooks) {
                break result.map(Outcome::Done);
            }
        };
    }
    match result {
        Ok(Outcome::Done(value)) => vm.decref(value),
        Ok(Outcome::Pushed) => {}
        Err(raised) => (vm.unraisable)(vm, raised, None, None),
    }
}

fn collect(vm: &mut Vm, host: &mut dyn Host) {
    vm.collect(2);
    settle(vm, host);
}

fn set_none(vm: &mut Vm, host: &mut dyn Host, dict: ObjRef, name: &str) {
    let none = vm.none();
    vm.dict_set_text(dict, name, none);
    settle(vm, host);
}

/// The names with one underscore first, then all others; the dict itself stays, functions may still look into it.
fn clear_namespace(vm: &mut Vm, host: &mut dyn Host, dict: ObjRef) {
    for private in [true, false] {
        let names: Vec<ObjRef> = vm.heap.dict(dict).map(|dict| dict.iter().map(|(name, _)| name).collect()).unwrap_or_default();
        names.iter().for_each(|&name| vm.incref(name));
        for &name in &names {
            let text = vm.name_text(name);
            let is_private = text.starts_with('_') && !text.starts_with("__");
            if is_private == private && text != "__builtins__" && vm.dict_get_str(dict, name).is_some_and(|value| value != NONE) {
                let none = vm.none();
                vm.dict_set_str(dict, name, none);
                settle(vm, host);
            }
        }
        vm.decref_all(names);
    }
}

/// The functions of `atexit`, the last one first.
fn run_exit_functions(vm: &mut Vm, host: &mut dyn Host) {
    let callbacks = |vm: &mut Vm| {
        let module = vm.dict_get_text(vm.modules, "atexit")?;
        importlib::get_of_module(vm, module, "_callbacks")
    };
    // What the functions register is never called.
    let count = callbacks(vm).and_then(|list| vm.heap.sequence(list).map(<[ObjRef]>::len)).unwrap_or(0);
    for index in (0..count).rev() {
        let Some(list) = callbacks(vm) else { break };
        let Some(&callback) = vm.heap.sequence(list).and_then(|list| list.get(index)) else { continue };
        vm.incref(callback);
        let parts = vm.heap.tuple(callback).map(<[ObjRef]>::to_vec).unwrap_or_default();
        if let [function, arguments, keywords] = parts[..] {
            let arguments = vm.heap.tuple(arguments).map(<[ObjRef]>::to_vec).unwrap_or_default();
            let keywords: Vec<(ObjRef, ObjRef)> = vm.heap.dict(keywords).map(|dict| dict.iter().collect()).unwrap_or_default();
            match call(vm, host, function, &arguments, &keywords) {
                Ok(value) => vm.decref(value),
                Err(raised) => (vm.unraisable)(vm, raised, Some("Exception ignored in atexit callback"), Some(function)),
            }
        }
        vm.decref(callback);
        settle(vm, host);
    }
    if let Some(list) = callbacks(vm)
        && let Body::List(rows) = vm.heap.body_mut(list)
    {
        let rows = std::mem::take(rows);
        vm.decref_all(rows);
        settle(vm, host);
    }
    pass_output(vm, host);
}

/// `sys.stdout` and `sys.stderr` are flushed, whatever they are.
fn flush(vm: &mut Vm, host: &mut dyn Host) -> bool {
    let mut all = true;
    vm.flush_text(crate::vm::host::Stream::Stdout);
    for name in ["stdout", "stderr"] {
        let file = vm.dict_get_text(vm.sys_dict, name).filter(|&file| file != NONE && own_stream(vm, file).is_none());
        let Some(file) = file.filter(|&file| !is_closed(vm, file)) else { continue };
        vm.incref(file);
        let flush = vm.names.flush;
        let result = match vm.lookup_attribute_now(file, flush) {
            Ok(Some(method)) => {
                let result = call(vm, host, method, &[], &[]);
                vm.decref(method);
                result
            }
            Ok(None) => Err(vm.no_attribute(file, flush)),
            Err(raised) => Err(raised),
        };
        match result {
            Ok(value) => vm.decref(value),
            Err(raised) if name == "stdout" => {
                (vm.unraisable)(vm, raised, None, Some(file));
                all = false;
            }
            Err(raised) => {
                vm.decref(raised.0);
                all = false;
            }
        }
        vm.decref(file);
    }
    pass_output(vm, host);
    all
}

/// Whether a file says that it is closed; one that fails to say is not.
fn is_closed(vm: &mut Vm, file: ObjRef) -> bool {
    let name = vm.new_interned("closed");
    let closed = vm.lookup_attribute_now(file, name);
    vm.decref(name);
    match closed {
        Ok(closed) => {
            vm.xdecref(closed);
            closed == Some(TRUE)
        }
        Err(raised) => {
            vm.decref(raised.0);
            false
        }
    }
}

/// Calls a function when no program runs; the outside world answers.
pub fn call(
    vm: &mut Vm,
    host: &mut dyn Host,
    function: ObjRef,
    arguments: &[ObjRef],
    keywords: &[(ObjRef, ObjRef)],
) -> Result<ObjRef, Raised> {
    match vm.call_keywords(function, arguments, keywords)? {
        Outcome::Done(value) => Ok(value),
        Outcome::Pushed => {
            vm.receive(0, Receive::Exit);
            loop {
                if let Some(result) = drive(vm, host, &mut NoHooks) {
                    return result;
                }
            }
        }
    }
}

/// Lets the Python code run that dying objects left to be run.
pub fn settle(vm: &mut Vm, host: &mut dyn Host) {
    while !vm.pending.is_empty() {
        vm.attention = false;
        if vm.run_pending() {
            vm.receive(0, Receive::Exit);
            if let Some(Ok(value)) = drive(vm, host, &mut NoHooks) {
                vm.decref(value);
            }
        }
    }
    vm.attention = false;
}
