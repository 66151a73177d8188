//! `sys`: the interpreter seen from the program.
//!
//! `sys.getrefcount(x)` gives the very count of the slot, the argument on the value stack included.
//! Counterpart in CPython 3.11: `Python/sysmodule.c`.

mod hooks;

use super::{add_functions, struct_sequence};
use crate::{
    builtins::functions::io::write_stderr,
    heap::ObjRef,
    num::int_text,
    objects::{Objects, core_types::*},
    vm::{
        Config, Outcome, Raised, Res, Vm,
        config::HashSeed,
        frame::Receive,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// `sys.version`
const VERSION: &str = "3.11.7 (main, Dec  4 2023, 00:00:00) [uncoil]";

pub fn version() -> &'static str {
    VERSION
}

fn functions() -> Vec<NativeDef> {
    use {NativeDef as Def, Signature::*};
    vec![
        Def::function("_getframe", Range(0, 1), getframe),
        Def::function("_clear_type_cache", None, |vm, _| done(vm.none())),
        Def::function("_debugmallocstats", None, |vm, _| done(vm.none())),
        Def::function("addaudithook", Named("hook"), addaudithook),
        Def::function("audit", Any, audit),
        Def::function("getdlopenflags", None, |vm, _| done(vm.new_int(2))),
        Def::function("breakpointhook", Any, breakpointhook),
        Def::function("displayhook", One, displayhook),
        Def::function("exc_info", None, exc_info),
        Def::function("excepthook", Range(3, 3), excepthook),
        Def::function("exception", None, exception),
        Def::function("exit", Range(0, 1), exit),
        Def::function("getallocatedblocks", None, |vm, _| {
            let live = vm.heap.allocated_blocks();
            done(vm.new_usize(live))
        }),
        Def::function("getdefaultencoding", None, |vm, _| done(vm.new_str("utf-8"))),
        Def::function("getfilesystemencoding", None, |vm, _| done(vm.new_str("utf-8"))),
        Def::function("getfilesystemencodeerrors", None, |vm, _| done(vm.new_str("surrogateescape"))),
        Def::function("getrecursionlimit", None, |vm, _| {
            let limit = i64::from(vm.recursion_limit);
            done(vm.new_int(limit))
        }),
        Def::function("setrecursionlimit", One, setrecursionlimit),
        Def::function("getrefcount", One, getrefcount),
        Def::function("getsizeof", Named("object, default=None"), getsizeof).packing(),
        Def::function("getswitchinterval", None, |vm, _| {
            let seconds = vm.threads.interval as f64 * 1e-6;
            done(vm.new_float(seconds))
        }),
        Def::function("setswitchinterval", One, setswitchinterval),
        Def::function("get_int_max_str_digits", None, |vm, _| {
            let digits = vm.int_max_str_digits;
            done(vm.new_usize(digits))
        }),
        Def::function("set_int_max_str_digits", Named("maxdigits"), set_int_max_str_digits),
        Def::function("intern", One, intern),
        Def::function("is_finalizing", None, |vm, _| {
            let finalizing = vm.finalizing;
            done(vm.new_bool(finalizing))
        }),
    ]
}

/// `sys.breakpointhook(…)` calls what $PYTHONBREAKPOINT names. By default it stops the debugger; a program that has imported `pdb`
/// is one that means that.
fn breakpointhook(vm: &mut Vm, args: Args) -> Res {
    let wanted = breakpoint_variable(vm)?;
    let target = match wanted.as_deref() {
        Some("0") => return done(vm.none()),
        Option::None | Some("") => {
            let pdb = vm.dict_get_text(vm.modules, "pdb");
            let name = vm.new_interned("set_trace");
            let target = pdb.map_or(Ok(Option::None), |pdb| vm.lookup_attribute_now(pdb, name));
            vm.decref(name);
            match target? {
                Some(target) => target,
                Option::None => {
                    vm.ask_for_pause();
                    return done(vm.none());
                }
            }
        }
        Some(path) => match named_by(vm, path)? {
            Some(target) => target,
            Option::None => {
                let message = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{path}\"");
                (vm.warn)(vm, RUNTIME_WARNING, &message, Option::None, Option::None)?;
                return done(vm.none());
            }
        },
    };
    let (positional, keywords) = (args.from(vm, 0), args.keywords(vm));
    let result = vm.call_keywords(target, &positional, &keywords);
    vm.decref(target);
    result
}

/// $PYTHONBREAKPOINT as the program sees its environment.
fn breakpoint_variable(vm: &mut Vm) -> Result<Option<String>, Raised> {
    let Some(os) = vm.dict_get_text(vm.modules, "os") else { return Ok(Option::None) };
    let names = ["environ", "get", "PYTHONBREAKPOINT"].map(|name| vm.new_interned(name));
    let mut found = vm.lookup_attribute_now(os, names[0])?;
    if let Some(environ) = found {
        let depth = vm.frames.len();
        let result = match vm.call_attribute(environ, names[1], &[names[2]]) {
            Some(result) => result.and_then(|outcome| vm.finish_now(depth, outcome)).map(Some),
            Option::None => Ok(Option::None),
        };
        vm.decref(environ);
        found = result?;
    }
    vm.decref_all(names);
    let text = found.and_then(|value| vm.text(value)).map(|text| text.to_string_lossy());
    vm.xdecref(found);
    Ok(text)
}

/// The object with a dotted name, owned: `int`, `sys.exit`. None if there is no such module or attribute.
fn named_by(vm: &mut Vm, path: &str) -> Result<Option<ObjRef>, Raised> {
    let (module, attribute) = match path.rsplit_once('.') {
        Some(("", _)) => return Ok(Option::None),
        Some(parts) => parts,
        Option::None => ("builtins", path),
    };
    let Some(import) = vm.dict_get_text(vm.builtins, "__import__") else { return Ok(Option::None) };
    let (module, attribute) = (vm.new_str(module), vm.new_interned(attribute));
    vm.incref(attribute);
    let (wanted, globals) = (vm.new_tuple([attribute]), vm.new_dict());
    let result = vm.call_now(import, &[module, globals, globals, wanted]);
    let found = match result {
        Ok(imported) => {
            let found = vm.lookup_attribute_now(imported, attribute);
            vm.decref(imported);
            found
        }
        Err(raised) if vm.exception_matches(raised.0, IMPORT_ERROR) || vm.exception_matches(raised.0, VALUE_ERROR) => {
            vm.decref(raised.0);
            Ok(Option::None)
        }
        Err(raised) => Err(raised),
    };
    vm.decref_all([module, attribute, wanted, globals]);
    found
}

/// Where the hooks of `sys.addaudithook` are kept, in the namespace of `sys`.
const AUDIT_HOOKS: &str = "_audit_hooks";

/// `sys.addaudithook(hook)`: it is told of the events that programs and the library raise by `sys.audit`.
fn addaudithook(vm: &mut Vm, args: Args) -> Res {
    let (hook, dict) = (args.at(vm, 0), vm.sys_dict);
    let old = vm.dict_get_text(dict, AUDIT_HOOKS).and_then(|hooks| vm.heap.tuple(hooks)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let all: Vec<ObjRef> = old.into_iter().chain([hook]).collect();
    all.iter().for_each(|&hook| vm.incref(hook));
    let all = vm.new_tuple(all);
    vm.dict_set_text(dict, AUDIT_HOOKS, all);
    done(vm.none())
}

/// `sys.audit(event, *args)`
fn audit(vm: &mut Vm, args: Args) -> Res {
    if args.n == 0 || args.kwnames.is_some() {
        return Err(vm.type_error("audit expected at least 1 argument, got 0"));
    }
    let event = args.at(vm, 0);
    if vm.text(event).is_none() {
        let given = vm.type_name(event);
        return Err(vm.type_error(format!("expected str for argument 'event', not {given}")));
    }
    let hooks = vm.dict_get_text(vm.sys_dict, AUDIT_HOOKS).and_then(|hooks| vm.heap.tuple(hooks)).map(<[ObjRef]>::to_vec);
    for hook in hooks.unwrap_or_default() {
        let rest = args.packed(vm, 1);
        let result = vm.call_now(hook, &[event, rest]);
        vm.decref(rest);
        let result = result?;
        vm.decref(result);
    }
    done(vm.none())
}

/// `sys.setswitchinterval(seconds)`
fn setswitchinterval(vm: &mut Vm, args: Args) -> Res {
    let seconds = crate::builtins::convert::real(vm, args.at(vm, 0))?;
    if seconds <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    vm.threads.interval = (seconds * 1e6) as u64;
    vm.revoke_grant();
    done(vm.none())
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    add_functions(vm, dict, "sys", functions());
    add_functions(vm, dict, "sys", hooks::functions());
    let names = include_str!("sys/module_names.txt").split_whitespace();
    let names: Vec<ObjRef> = names.map(|name| vm.new_interned(name)).collect();
    let names = vm.new_list(names);
    if let Ok(Outcome::Done(set)) = vm.call(FROZENSET, &[names]) {
        vm.dict_set_text(dict, "stdlib_module_names", set);
    }
    vm.decref(names);
    for hook in ["breakpointhook", "displayhook", "excepthook"] {
        if let Some(function) = vm.dict_get_text(dict, hook) {
            vm.incref(function);
            vm.dict_set_text(dict, &format!("__{hook}__"), function);
        }
    }
    let config = vm.config.clone();
    let strings = |vm: &mut Vm, texts: &[String]| {
        let texts: Vec<ObjRef> = texts.iter().map(|text| vm.new_str(text.as_str())).collect();
        vm.new_list(texts)
    };
    let modules = vm.own(vm.modules);
    vm.dict_set_text(dict, "modules", modules);
    let argv = strings(vm, &config.argv);
    vm.dict_set_text(dict, "argv", argv);
    let orig_argv = strings(vm, if config.orig_argv.is_empty() { &config.argv } else { &config.orig_argv });
    vm.dict_set_text(dict, "orig_argv", orig_argv);
    let path: Vec<String> = config.script_dir.iter().chain(&config.path).chain(&config.stdlib).chain(&config.site).cloned().collect();
    let path = strings(vm, &path);
    vm.dict_set_text(dict, "path", path);
    let warn_options = strings(vm, &config.warn_options);
    vm.dict_set_text(dict, "warnoptions", warn_options);
    // `meta_path` comes when its classes are there.
    let path_hooks = vm.new_list([]);
    vm.dict_set_text(dict, "path_hooks", path_hooks);
    let empty = vm.new_dict();
    vm.dict_set_text(dict, "path_importer_cache", empty);
    let x_options = vm.new_dict();
    for (name, value) in &config.x_options {
        let value = match value {
            Some(value) => vm.new_str(value.as_str()),
            None => vm.new_bool(true),
        };
        vm.dict_set_text(x_options, name, value);
    }
    vm.dict_set_text(dict, "_xoptions", x_options);
    for (descriptor, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let file = super::io::standard::new(vm, descriptor);
        vm.incref(file);
        vm.dict_set_text(dict, name, file);
        vm.dict_set_text(dict, &format!("__{name}__"), file);
    }
    let prefix = config.stdlib.as_deref().and_then(|folder| folder.strip_suffix("/lib/python3.11")).unwrap_or("/usr");
    for (name, text) in [
        ("version", VERSION),
        ("byteorder", "little"),
        ("platform", "linux"),
        ("float_repr_style", "short"),
        ("executable", &config.executable),
        ("_base_executable", &config.executable),
        ("prefix", prefix),
        ("base_prefix", prefix),
        ("exec_prefix", prefix),
        ("base_exec_prefix", prefix),
        ("platlibdir", "lib"),
        ("abiflags", ""),
        ("_framework", ""),
        ("copyright", "Copyright (c) 2001-2023 Python Software Foundation."),
        ("__package__", ""),
    ] {
        let text = vm.new_str(text);
        vm.dict_set_text(dict, name, text);
    }
    for (name, number) in [("maxsize", i64::MAX), ("maxunicode", 0x10ffff), ("hexversion", 0x030b07f0), ("api_version", 1013)] {
        let number = vm.new_int(number);
        vm.dict_set_text(dict, name, number);
    }
    let library = match &config.stdlib {
        Some(folder) => vm.new_str(folder.as_str()),
        None => vm.none(),
    };
    vm.dict_set_text(dict, "_stdlib_dir", library);
    let parts = ["CPython", "", ""].map(|text| vm.new_str(text));
    let git = vm.new_tuple(parts);
    vm.dict_set_text(dict, "_git", git);
    let none = vm.none();
    vm.dict_set_text(dict, "_home", none);
    let flag = vm.new_bool(config.dont_write_bytecode);
    vm.dict_set_text(dict, "dont_write_bytecode", flag);
    let none = vm.none();
    vm.dict_set_text(dict, "pycache_prefix", none);
    let mut names: Vec<&str> = super::MODULES.iter().map(|row| row.0).filter(|name| *name != "_tables").chain(["builtins"]).collect();
    names.sort_unstable();
    names.dedup();
    let names: Vec<ObjRef> = names.into_iter().map(|name| vm.new_interned(name)).collect();
    let names = vm.new_tuple(names);
    vm.dict_set_text(dict, "builtin_module_names", names);
    fill_records(vm, dict, &config);
}

/// `version_info` and the other tuples with names.
fn fill_records(vm: &mut Vm, dict: ObjRef, config: &Config) {
    let numbers = |vm: &mut Vm, values: &[i64]| values.iter().map(|&value| vm.new_int(value)).collect::<Vec<_>>();

    let class = struct_sequence::new_class(vm, "sys", "version_info", &["major", "minor", "micro", "releaselevel", "serial"]);
    let mut items = numbers(vm, &[3, 11, 7]);
    items.push(vm.new_interned("final"));
    items.push(vm.new_int(0));
    set_record(vm, dict, "version_info", class, items);

    let class = struct_sequence::new_class(
        vm,
        "sys",
        "flags",
        &[
            "debug",
            "inspect",
            "interactive",
            "optimize",
            "dont_write_bytecode",
            "no_user_site",
            "no_site",
            "ignore_environment",
            "verbose",
            "bytes_warning",
            "quiet",
            "hash_randomization",
            "isolated",
            "dev_mode",
            "utf8_mode",
            "warn_default_encoding",
            "safe_path",
            "int_max_str_digits",
        ],
    );
    let flags = [
        0,
        config.inspect.into(),
        config.interactive.into(),
        config.optimize.into(),
        config.dont_write_bytecode.into(),
        config.no_user_site.into(),
        config.no_site.into(),
        config.ignore_environment.into(),
        0,
        config.bytes_warning.into(),
        config.quiet.into(),
        (config.hash_seed != HashSeed::Fixed(0)).into(),
        config.isolated.into(),
    ];
    let mut items = numbers(vm, &flags);
    items.push(vm.new_bool(config.dev_mode));
    items.extend(numbers(vm, &[config.utf8_mode.into(), 0]));
    items.push(vm.new_bool(config.safe_path));
    items.push(vm.new_int(-1));
    set_record(vm, dict, "flags", class, items);

    let class = struct_sequence::new_class(
        vm,
        "sys",
        "float_info",
        &["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"],
    );
    let mut items = vec![vm.new_float(f64::MAX)];
    items.extend(numbers(vm, &[1024, 308]));
    items.push(vm.new_float(f64::MIN_POSITIVE));
    items.extend(numbers(vm, &[-1021, -307, 15, 53]));
    items.push(vm.new_float(f64::EPSILON));
    items.extend(numbers(vm, &[2, 1]));
    set_record(vm, dict, "float_info", class, items);

    let class = struct_sequence::new_class(
        vm,
        "sys",
        "int_info",
        &["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"],
    );
    let items = numbers(vm, &[30, 4, 4300, 640]);
    set_record(vm, dict, "int_info", class, items);

    let class = struct_sequence::new_class(
        vm,
        "sys",
        "hash_info",
        &["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
    );
    let mut items = numbers(vm, &[64, (1 << 61) - 1, 314159, 0, 1000003]);
    items.push(vm.new_interned("siphash13"));
    items.extend(numbers(vm, &[64, 128, 0]));
    set_record(vm, dict, "hash_info", class, items);

    let class = struct_sequence::new_class(vm, "sys", "thread_info", &["name", "lock", "version"]);
    let items = ["pthread", "semaphore", "NPTL 2.36"].map(|text| vm.new_str(text));
    set_record(vm, dict, "thread_info", class, items.to_vec());

    let implementation = vm.new_instance(SIMPLE_NAMESPACE);
    let version = vm.dict_get_text(dict, "version_info").expect("set above");
    vm.incref(version);
    let name = vm.new_interned("cpython");
    let tag = vm.new_interned("cpython-311");
    let hexversion = vm.new_int(0x030b07f0);
    let multiarch = vm.new_str("x86_64-linux-gnu");
    let fields = [("name", name), ("cache_tag", tag), ("version", version), ("hexversion", hexversion), ("_multiarch", multiarch)];
    for (field, value) in fields {
        let field = vm.new_interned(field);
        vm.set_own_attr(implementation, field, value);
        vm.decref(field);
        vm.decref(value);
    }
    vm.dict_set_text(dict, "implementation", implementation);
}

fn set_record(vm: &mut Vm, dict: ObjRef, name: &str, class: ObjRef, items: Vec<ObjRef>) {
    let record = struct_sequence::new(vm, class, items);
    vm.decref(class);
    vm.dict_set_text(dict, name, record);
}

// ── objects ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn getrefcount(vm: &mut Vm, args: Args) -> Res {
    let count = vm.heap.refcount(args.at(vm, 0));
    done(vm.new_int(i64::from(count)))
}

fn getsizeof(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let ty = vm.ty(object);
    if let Some(method) = vm.own_method(ty, vm.names.sizeof) {
        let size = vm.call_then(
            "sys.getsizeof",
            &[object, method],
            |vm, refs| vm.call_method_object(refs[1], refs[0], &[]),
            |vm, refs, value| {
                let Some(size) = vm.small_value(value) else {
                    let given = vm.type_name(value);
                    vm.decref(value);
                    return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
                };
                vm.decref(value);
                if size < 0 {
                    return Err(vm.value_error("__sizeof__() should return >= 0"));
                }
                let header = crate::objects::size::header_size(&vm.heap, refs[0]) as i64;
                done(vm.new_int(size + header))
            },
        );
        return size;
    }
    let size = crate::objects::size::size_of(&vm.heap, object);
    done(vm.new_usize(size))
}

fn intern(vm: &mut Vm, args: Args) -> Res {
    let text = args.at(vm, 0);
    if vm.ty(text) != STR {
        let given = vm.type_name(text);
        let what = if vm.heap.str(text).is_some() {
            format!("can't intern {given}")
        } else {
            format!("intern() argument must be str, not {given}")
        };
        return Err(vm.type_error(what));
    }
    vm.incref(text);
    done(vm.intern(text))
}

// ── the machine ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn setrecursionlimit(vm: &mut Vm, args: Args) -> Res {
    let limit = args.at(vm, 0);
    if !vm.is_int(limit) {
        let given = vm.type_name(limit);
        return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
    }
    let Some(limit) = vm.small_value(limit).and_then(|limit| i32::try_from(limit).ok()) else {
        return Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C int"));
    };
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    let depth = vm.level() as usize;
    if depth >= limit as usize {
        let message = format!("cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low");
        return Err(vm.raise(RECURSION_ERROR, message));
    }
    vm.recursion_limit = limit as u32;
    done(vm.none())
}

fn set_int_max_str_digits(vm: &mut Vm, args: Args) -> Res {
    let digits = args.at(vm, 0);
    if !vm.is_int(digits) {
        let given = vm.type_name(digits);
        return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
    }
    let Some(digits) = vm.small_value(digits).and_then(|digits| i32::try_from(digits).ok()) else {
        return Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C int"));
    };
    match usize::try_from(digits) {
        Ok(digits) if digits == 0 || digits >= int_text::STR_DIGITS_CHECK_THRESHOLD => vm.int_max_str_digits = digits,
        _ => {
            let least = int_text::STR_DIGITS_CHECK_THRESHOLD;
            return Err(vm.value_error(format!("maxdigits must be 0 or larger than {least}")));
        }
    }
    done(vm.none())
}

fn getframe(vm: &mut Vm, args: Args) -> Res {
    let mut depth = match args.get(vm, 0) {
        None => 0,
        Some(depth) => vm.small_value(depth).unwrap_or(0).max(0),
    };
    for index in (0..vm.frames.len()).rev() {
        if vm.python_frame(index).is_some() {
            if depth == 0 {
                return done(vm.frame_object(index));
            }
            depth -= 1;
        }
    }
    Err(vm.value_error("call stack is not deep enough"))
}

fn exit(vm: &mut Vm, args: Args) -> Res {
    // As `PyErr_SetObject` makes the arguments: None means none, a tuple is them.
    let args = match args.given(vm, 0) {
        None => vm.new_tuple([]),
        Some(code) if vm.ty(code) == TUPLE => vm.own(code),
        Some(code) => {
            vm.incref(code);
            vm.new_tuple([code])
        }
    };
    Err(vm.raise_args(SYSTEM_EXIT, args))
}

fn exception(vm: &mut Vm, _args: Args) -> Res {
    match vm.handled_exception() {
        Some(exception) => done(vm.own(exception)),
        None => done(vm.none()),
    }
}

fn exc_info(vm: &mut Vm, _args: Args) -> Res {
    let parts = match vm.handled_exception() {
        Some(exception) => {
            let traceback = vm.heap.exception(exception).and_then(|record| record.traceback).unwrap_or(NONE);
            [vm.ty(exception), exception, traceback]
        }
        None => [NONE; 3],
    };
    parts.iter().for_each(|&part| vm.incref(part));
    done(vm.new_tuple(parts))
}

fn excepthook(vm: &mut Vm, args: Args) -> Res {
    let (exception, traceback) = (args.at(vm, 1), args.at(vm, 2));
    match vm.heap.exception(exception) {
        None => {
            let given = vm.type_name(exception);
            write_stderr(vm, &format!("TypeError: print_exception(): Exception expected for value, {given} found\n"));
        }
        Some(record) => {
            if record.traceback.is_none() && vm.ty(traceback) == TRACEBACK {
                vm.incref(traceback);
                vm.heap.exception_mut(exception).expect("looked at above").traceback = Some(traceback);
            }
            (vm.print_exception)(vm, exception);
        }
    }
    done(vm.none())
}

/// `repr(value)` on stdout, and the value as `builtins._`.
fn displayhook(vm: &mut Vm, args: Args) -> Res {
    let value = args.at(vm, 0);
    if value == NONE {
        return done(vm.none());
    }
    // What `_` held dies before the new value is shown.
    let (builtins, underscore, none) = (vm.builtins, vm.names.underscore, vm.none());
    vm.dict_set_str(builtins, underscore, none);
    let depth = vm.frames.len();
    if vm.run_pending() {
        vm.receive(depth, Receive::Push);
        let done = vm.finish_now(depth, Outcome::Pushed)?;
        vm.decref(done);
    }
    vm.call_then(
        "sys.displayhook",
        &[value],
        |vm, refs| vm.repr(refs[0]),
        |vm, refs, text| {
            let result = show(vm, text);
            vm.decref(text);
            result?;
            let builtins = vm.builtins;
            vm.incref(refs[0]);
            let name = vm.names.underscore;
            vm.dict_set_str(builtins, name, refs[0]);
            done(vm.none())
        },
    )
}

fn show(vm: &mut Vm, text: ObjRef) -> Result<(), Raised> {
    let Some(stdout) = vm.dict_get_str(vm.sys_dict, vm.names.stdout) else { return Err(vm.raise(RUNTIME_ERROR, "lost sys.stdout")) };
    for text in [text, latin1_character(b'\n')] {
        let depth = vm.frames.len();
        let outcome: Outcome = crate::builtins::functions::io::write_to(vm, stdout, text)?;
        let value = vm.finish_now(depth, outcome)?;
        vm.decref(value);
    }
    Ok(())
}
