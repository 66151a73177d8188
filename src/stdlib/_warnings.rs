//! `_warnings`: which warnings are shown, and how: filters, registries, and what `-W` says.
//!
//! Each filter is a tuple (action, message, category, module, line); the first that fits decides. The compiler's warnings come through
//! here too, with or without `import warnings`. Counterpart in CPython 3.11: `Python/_warnings.c`.
//! `warnings.warn("old", DeprecationWarning)` prints `x.py:1: DeprecationWarning: old` and the line, once a place.

use super::add_functions;
use crate::{
    builtins::functions::io::write_stderr,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {NativeDef as Def, Signature::*};
    let functions = vec![
        Def::function("warn", Named("message, category=None, stacklevel=1, source=None"), warn),
        Def::function(
            "warn_explicit",
            Named("message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None"),
            warn_explicit,
        ),
        Def::function("_filters_mutated", None, filters_mutated),
        Def::function("_source_line", Range(2, 2), source_line),
    ];
    add_functions(vm, dict, "_warnings", functions);
    let mut filters = Vec::new();
    for (action, category, module) in [
        ("default", DEPRECATION_WARNING, Some("__main__")),
        ("ignore", DEPRECATION_WARNING, Option::None),
        ("ignore", PENDING_DEPRECATION_WARNING, Option::None),
        ("ignore", IMPORT_WARNING, Option::None),
        ("ignore", RESOURCE_WARNING, Option::None),
    ] {
        filters.push(new_filter(vm, action, Option::None, category, module, 0));
    }
    for option in vm.config.warn_options.clone() {
        match parse_option(vm, &option) {
            Ok(filter) => filters.insert(0, filter),
            Err(message) => write_stderr(vm, &format!("Invalid -W option ignored: {message}\n")),
        }
    }
    let filters = vm.new_list(filters);
    vm.dict_set_text(dict, "filters", filters);
    let registry = vm.new_dict();
    vm.dict_set_text(dict, "_onceregistry", registry);
    let action = vm.new_interned("default");
    vm.dict_set_text(dict, "_defaultaction", action);
    let version = vm.new_int(1);
    vm.dict_set_text(dict, "_filters_version", version);
}

fn new_filter(vm: &mut Vm, action: &str, message: Option<&str>, category: ObjRef, module: Option<&str>, line: i64) -> ObjRef {
    let text = |vm: &mut Vm, text: Option<&str>| match text {
        Some(text) => vm.new_str(text),
        Option::None => vm.none(),
    };
    let action = vm.new_interned(action);
    let (message, module) = (text(vm, message), text(vm, module));
    vm.incref(category);
    let line = vm.new_int(line);
    vm.new_tuple([action, message, category, module, line])
}

/// `ACTION:MESSAGE:CATEGORY:MODULE:LINE`, each of which may be missing; an action may be cut short.
fn parse_option(vm: &mut Vm, option: &str) -> Result<ObjRef, String> {
    let parts: Vec<&str> = option.split(':').map(str::trim).collect();
    if parts.len() > 5 {
        return Err(format!("too many fields (max 5): '{option}'"));
    }
    let part = |i: usize| parts.get(i).copied().unwrap_or("");
    let action = match part(0) {
        "" => "default",
        "all" => "always",
        given => ["default", "always", "ignore", "module", "once", "error"]
            .into_iter()
            .find(|action| action.starts_with(given))
            .ok_or_else(|| format!("invalid action: '{given}'"))?,
    };
    let category = match part(2) {
        "" => WARNING,
        name if name.contains('.') => {
            let module = name.rsplit_once('.').map_or("", |(module, _)| module);
            return Err(format!("invalid module name: '{module}'"));
        }
        name => {
            let class = vm.dict_get_text(vm.builtins, name).ok_or_else(|| format!("unknown warning category: '{name}'"))?;
            if !matches!(vm.heap.body(class), Body::Type(_)) || !vm.is_subtype(class, WARNING) {
                return Err(format!("invalid warning category: '{name}'"));
            }
            class
        }
    };
    let line = match part(4) {
        "" => 0,
        text => text.parse().ok().filter(|&line: &i64| line >= 0).ok_or_else(|| format!("invalid lineno '{text}'"))?,
    };
    let text = |i: usize| (!part(i).is_empty()).then(|| part(i));
    Ok(new_filter(vm, action, text(1), category, text(3), line))
}

/// What a warning is about.
pub struct Issue {
    /// An instance of a warning class, or its text; borrowed.
    pub message: ObjRef,
    pub category: ObjRef,
    pub filename: String,
    pub lineno: i64,
    pub module: Option<String>,
    /// What was shown there before; borrowed.
    pub registry: Option<ObjRef>,
    /// The object that it is about; borrowed.
    pub source: Option<ObjRef>,
}

/// Issues a warning with a text of our own, at the instruction that runs.
///
/// # Errors
///
/// A filter may make an exception of it.
pub fn warn_text(vm: &mut Vm, category: ObjRef, text: &str, source: Option<ObjRef>) -> Result<(), Raised> {
    let message = vm.new_str(text);
    let issue = at_level(vm, message, category, 1, source);
    let result = issue_warning(vm, &issue);
    vm.decref(message);
    result
}

/// Issues a warning of the compiler.
///
/// # Errors
///
/// A filter may make an exception of it.
pub fn warn_at(vm: &mut Vm, category: ObjRef, text: &str, filename: &str, lineno: i64) -> Result<(), Raised> {
    let message = vm.new_str(text);
    let filename = filename.to_string();
    let issue = Issue { message, category, filename, lineno, module: Option::None, registry: Option::None, source: Option::None };
    let result = issue_warning(vm, &issue);
    vm.decref(message);
    result
}

/// Finds out which place a warning belongs to: the frame `level` steps up.
fn at_level(vm: &mut Vm, message: ObjRef, category: ObjRef, level: i64, source: Option<ObjRef>) -> Issue {
    let mut left = level.max(1) - 1;
    let mut found = Option::None;
    for index in (0..vm.frames.len()).rev() {
        let Some(frame) = vm.python_frame(index) else { continue };
        if left > 0 {
            left -= 1;
            continue;
        }
        found = Some((frame.globals, index));
        break;
    }
    let (globals, filename, lineno) = match found {
        Some((globals, index)) => {
            let (filename, lineno) = place_of(vm, index);
            (globals, filename, lineno)
        }
        Option::None => (vm.sys_dict, "sys".to_string(), 1),
    };
    let registry = match vm.dict_get_text(globals, "__warningregistry__") {
        Some(registry) => registry,
        Option::None => {
            let registry = vm.new_dict();
            vm.dict_set_text(globals, "__warningregistry__", registry);
            registry
        }
    };
    let module = vm.dict_get_text(globals, "__name__").and_then(|name| vm.text(name)).map(|name| name.to_string_lossy());
    let module = Some(module.unwrap_or_else(|| "<string>".to_string()));
    Issue { message, category, filename, lineno, module, registry: Some(registry), source }
}

/// File and line of a running frame.
fn place_of(vm: &Vm, index: usize) -> (String, i64) {
    let code = vm.python_frame(index).map_or(NONE, |frame| frame.code);
    let Body::Code(record) = vm.heap.body(code) else { return ("<unknown>".to_string(), 0) };
    let offset = record.offset_of(vm.frame_pc(index).saturating_sub(1));
    let position = record.position_at(offset);
    (record.code.filename.to_string(), position.line.map_or(0, i64::from))
}

/// The name of an attribute in `warnings` if that is imported, else in `_warnings`.
fn setting(vm: &Vm, name: &str) -> Option<ObjRef> {
    ["warnings", "_warnings"].into_iter().find_map(|module| {
        let module = vm.dict_get_text(vm.modules, module)?;
        match vm.heap.body(module) {
            Body::Module(record) => vm.dict_get_text(record.dict, name),
            _ => Option::None,
        }
    })
}

fn issue_warning(vm: &mut Vm, issue: &Issue) -> Result<(), Raised> {
    let is_instance = vm.is_instance(issue.message, WARNING);
    let (text, message, category) = if is_instance {
        let depth = vm.frames.len();
        let outcome = vm.str(issue.message)?;
        let text = vm.finish_now(depth, outcome)?;
        (text, vm.own(issue.message), vm.ty(issue.message))
    } else {
        let text = vm.own(issue.message);
        match vm.call_now(issue.category, &[text]) {
            Ok(message) => (text, message, issue.category),
            Err(raised) => {
                vm.decref(text);
                return Err(raised);
            }
        }
    };
    let result = filtered(vm, issue, text, message, category);
    vm.decref(text);
    vm.decref(message);
    result
}

fn filtered(vm: &mut Vm, issue: &Issue, text: ObjRef, message: ObjRef, category: ObjRef) -> Result<(), Raised> {
    let shown_text = vm.name_text(text);
    let module = issue.module.clone().unwrap_or_else(|| {
        let file = &issue.filename;
        if file.is_empty() { "<unknown>".to_string() } else { file.strip_suffix(".py").unwrap_or(file).to_string() }
    });
    let line = vm.new_int(issue.lineno);
    vm.incref(text);
    vm.incref(category);
    let key = vm.new_tuple([text, category, line]);
    let result = (|| {
        if let Some(registry) = issue.registry
            && noted(vm, registry, key)?
        {
            return Ok(());
        }
        let action = action_for(vm, category, &shown_text, &module, issue.lineno)?;
        match &*action {
            "error" => {
                vm.incref(message);
                return Err(Raised(message));
            }
            "ignore" => return Ok(()),
            "always" => {}
            _ => {
                let registry = if action == "once" { setting(vm, "_onceregistry") } else { issue.registry };
                vm.incref(text);
                vm.incref(category);
                let zero = vm.new_int(0);
                let short = vm.new_tuple([text, category, zero]);
                let seen = match (&*action, registry) {
                    ("once" | "module", Some(registry)) => {
                        let seen = noted(vm, registry, short)?;
                        note(vm, registry, short)?;
                        seen
                    }
                    _ => false,
                };
                vm.decref(short);
                if let Some(registry) = issue.registry {
                    note(vm, registry, key)?;
                }
                if seen {
                    return Ok(());
                }
                if !matches!(&*action, "default" | "once" | "module") {
                    let message = format!("Unrecognized action ('{action}') in warnings.filters");
                    return Err(vm.raise(RUNTIME_ERROR, message));
                }
            }
        }
        show(vm, issue, message, category, &shown_text)
    })();
    vm.decref(key);
    result
}

/// Was that shown already? A registry from before the filters changed is emptied.
fn noted(vm: &mut Vm, registry: ObjRef, key: ObjRef) -> Result<bool, Raised> {
    let current = setting_of_own(vm, "_filters_version");
    let version = vm.dict_get_text(registry, "version");
    let number = |vm: &Vm, object: Option<ObjRef>| object.and_then(|object| vm.small_value(object));
    if number(vm, version) != number(vm, current) {
        let names = vm.heap.dict_mut(registry).map(|dict| dict.take_all()).unwrap_or_default();
        for (name, value) in names {
            vm.decref(name);
            vm.decref(value);
        }
        let current = current.unwrap_or(NONE);
        vm.incref(current);
        vm.dict_set_text(registry, "version", current);
        return Ok(false);
    }
    let depth = vm.frames.len();
    let outcome = vm.contains(registry, key)?;
    Ok(match outcome {
        crate::vm::Outcome::Done(found) => found,
        crate::vm::Outcome::Pushed => {
            let value = vm.finish_now(depth, crate::vm::Outcome::Pushed)?;
            value == TRUE
        }
    })
}

fn note(vm: &mut Vm, registry: ObjRef, key: ObjRef) -> Result<(), Raised> {
    let depth = vm.frames.len();
    let flag = vm.new_bool(true);
    let outcome = vm.set_item(registry, key, flag);
    let value = outcome.and_then(|outcome| vm.finish_now(depth, outcome));
    vm.decref(flag);
    value.map(|value| vm.decref(value))
}

fn setting_of_own(vm: &Vm, name: &str) -> Option<ObjRef> {
    let module = vm.dict_get_text(vm.modules, "_warnings")?;
    match vm.heap.body(module) {
        Body::Module(record) => vm.dict_get_text(record.dict, name),
        _ => Option::None,
    }
}

/// What the first fitting filter says.
fn action_for(vm: &mut Vm, category: ObjRef, text: &str, module: &str, lineno: i64) -> Result<String, Raised> {
    let filters = setting(vm, "filters").and_then(|filters| vm.heap.sequence(filters)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    for filter in filters {
        let items = vm.heap.tuple(filter).map(<[ObjRef]>::to_vec).unwrap_or_default();
        let [action, message, class, name, line] = items[..] else {
            return Err(vm.value_error("warnings.filters item isn't a 5-tuple"));
        };
        if !matches!(vm.heap.body(class), Body::Type(_)) || !vm.is_subtype(category, class) {
            continue;
        }
        let line = vm.small_value(line).unwrap_or(0);
        if (line == 0 || line == lineno) && fits(vm, message, text, true)? && fits(vm, name, module, false)? {
            return Ok(vm.name_text(action));
        }
    }
    Ok(setting(vm, "_defaultaction").map_or("default".to_string(), |action| vm.name_text(action)))
}

/// A pattern is None, a text (messages begin with it in any case, modules are it), or has a method `match`.
fn fits(vm: &mut Vm, pattern: ObjRef, text: &str, is_message: bool) -> Result<bool, Raised> {
    if pattern == NONE {
        return Ok(true);
    }
    if let Some(wanted) = vm.text(pattern) {
        let wanted = wanted.to_string_lossy();
        return Ok(if is_message { text.to_lowercase().starts_with(&wanted.to_lowercase()) } else { text == wanted });
    }
    let name = vm.new_interned("match");
    let method = vm.lookup_attribute_now(pattern, name);
    vm.decref(name);
    let Some(method) = method? else { return Ok(false) };
    let argument = vm.new_str(text);
    let result = vm.call_now(method, &[argument]);
    vm.decref(argument);
    vm.decref(method);
    let result = result?;
    vm.decref(result);
    Ok(!matches!(result, NONE | FALSE))
}

/// Through `warnings._showwarnmsg` if that is there, else plainly.
fn show(vm: &mut Vm, issue: &Issue, message: ObjRef, category: ObjRef, text: &str) -> Result<(), Raised> {
    let python = vm.dict_get_text(vm.modules, "warnings").and_then(|module| match vm.heap.body(module) {
        Body::Module(record) => Some((vm.dict_get_text(record.dict, "_showwarnmsg")?, vm.dict_get_text(record.dict, "WarningMessage")?)),
        _ => Option::None,
    });
    if let Some((function, class)) = python {
        let (filename, lineno) = (vm.new_str(issue.filename.as_str()), vm.new_int(issue.lineno));
        vm.incref(function);
        let source = issue.source.unwrap_or(NONE);
        let record = vm.call_now(class, &[message, category, filename, lineno, NONE, NONE, source]);
        vm.decref(filename);
        vm.decref(lineno);
        let result = match record {
            Ok(record) => {
                let result = vm.call_now(function, &[record]);
                vm.decref(record);
                result
            }
            Err(raised) => Err(raised),
        };
        vm.decref(function);
        return result.map(|value| vm.decref(value));
    }
    let name = vm.full_type_name(category);
    let name = name.rsplit('.').next().unwrap_or_default().to_string();
    let mut shown = format!("{}:{}: {name}: {text}\n", issue.filename, issue.lineno);
    if let Some(line) = line_of(vm, &issue.filename, issue.lineno) {
        shown.push_str(&format!("  {line}\n"));
    }
    if issue.source.is_some() && !vm.finalizing {
        shown.push_str(&format!("{name}: Enable tracemalloc to get the object allocation traceback\n"));
    }
    write_stderr(vm, &shown);
    Ok(())
}

fn line_of(vm: &Vm, filename: &str, lineno: i64) -> Option<String> {
    if filename.starts_with('<') {
        return Option::None;
    }
    let line = vm.sources.get(filename)?.line(usize::try_from(lineno).ok()?)?.trim().to_string();
    (!line.is_empty()).then_some(line)
}

fn source_line(vm: &mut Vm, args: Args) -> Res {
    let (filename, lineno) = (vm.name_text(args.at(vm, 0)), vm.small_value(args.at(vm, 1)).unwrap_or(0));
    let line = line_of(vm, &filename, lineno).unwrap_or_default();
    done(vm.new_str(line))
}

fn filters_mutated(vm: &mut Vm, _args: Args) -> Res {
    let version = setting_of_own(vm, "_filters_version").and_then(|version| vm.small_value(version)).unwrap_or(0);
    if let Some(module) = vm.dict_get_text(vm.modules, "_warnings")
        && let Body::Module(record) = vm.heap.body(module)
    {
        let (dict, version) = (record.dict, vm.new_int(version + 1));
        vm.dict_set_text(dict, "_filters_version", version);
    }
    done(vm.none())
}

fn warn(vm: &mut Vm, args: Args) -> Res {
    let (message, category) = (args.at(vm, 0), args.given(vm, 1).filter(|&category| category != NONE));
    let level = args.get(vm, 2).and_then(|level| vm.small_value(level)).unwrap_or(1);
    let source = args.given(vm, 3).filter(|&source| source != NONE);
    let category = if vm.is_instance(message, WARNING) { vm.ty(message) } else { category.unwrap_or(USER_WARNING) };
    check_category(vm, category)?;
    let issue = at_level(vm, message, category, level, source);
    issue_warning(vm, &issue)?;
    done(vm.none())
}

fn check_category(vm: &mut Vm, category: ObjRef) -> Result<(), Raised> {
    if matches!(vm.heap.body(category), Body::Type(_)) && vm.is_subtype(category, WARNING) {
        return Ok(());
    }
    let given = vm.type_name(category);
    Err(vm.type_error(format!("category must be a Warning subclass, not '{given}'")))
}

fn warn_explicit(vm: &mut Vm, args: Args) -> Res {
    let given = |vm: &Vm, i: usize| args.given(vm, i).filter(|&value| value != NONE);
    let (message, category) = (args.at(vm, 0), args.at(vm, 1));
    let filename = vm.name_text(args.at(vm, 2));
    let lineno = vm.small_value(args.at(vm, 3)).unwrap_or(1);
    let module = given(vm, 4).map(|module| vm.name_text(module));
    let (registry, source) = (given(vm, 5), given(vm, 7));
    let category = if vm.is_instance(message, WARNING) { vm.ty(message) } else { category };
    check_category(vm, category)?;
    issue_warning(vm, &Issue { message, category, filename, lineno, module, registry, source })?;
    done(vm.none())
}
