"""Running modules as programs: what -m does.

The lines stand where those of CPython's runpy stand, for tracebacks name them.
"""

import sys
from _frozen_importlib import _find

__all__ = ["run_module", "_run_module_as_main"]


class _Error(Exception):
    """The module cannot be run, and the message says why."""

























































def _run_code(code, run_globals, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    """Run code as a module of that name, in that namespace."""
    if init_globals is not None:
        run_globals.update(init_globals)
    fname = script_name if mod_spec is None else mod_spec.origin
    cached = None if mod_spec is None else mod_spec.cached
    if mod_spec is not None and pkg_name is None:
        pkg_name = mod_spec.parent
    run_globals.update(
        __name__=mod_name,
        __file__=fname,
        __cached__=cached,
        __doc__=None,
        __loader__=None if mod_spec is None else mod_spec.loader,
        __package__=pkg_name,
        __spec__=mod_spec,
    )
    exec(code, run_globals)
    return run_globals










def _get_module_details(mod_name, error=ImportError):
    """Name, spec and code of a module; of a package those of its __main__."""
    if mod_name.startswith("."):
        raise error("Relative module names not supported")
    pkg_name = mod_name.rpartition(".")[0]
    if pkg_name:
        # Errors of the package's own code are shown as they are; that there is no such package is told in a line, with the
        # module that was asked for.
        try:



            __import__(pkg_name)
        except ImportError as e:
            if e.name is None or (e.name != pkg_name and not pkg_name.startswith(e.name + ".")):
                raise
            message = f"Error while finding module specification for {mod_name!r} ({type(e).__name__}: {e})"
            if mod_name.endswith(".py"):
                message += f". Try using '{mod_name[:-3]}' instead of '{mod_name}' as the module name."
            raise error(message) from e
        package = sys.modules[pkg_name]
        if not hasattr(package, "__path__"):
            message = (f"Error while finding module specification for {mod_name!r} (ModuleNotFoundError: "
                       f"__path__ attribute not found on {pkg_name!r} while trying to find {mod_name!r})")
            if mod_name.endswith(".py"):
                message += f". Try using '{mod_name[:-3]}' instead of '{mod_name}' as the module name."
            raise error(message)
        existing = sys.modules.get(mod_name)
        if existing is not None and not hasattr(existing, "__path__"):
            from warnings import warn
            warn(RuntimeWarning(f"{mod_name!r} found in sys.modules after import of package {pkg_name!r}, but prior to "
                                f"execution of {mod_name!r}; this may result in unpredictable behaviour"))
    try:
        found = _find(mod_name)
    except SyntaxError as e:
        if (e.filename or "").endswith("__init__.py"):
            raise
        found = None, e
    if found is None:
        raise error(f"No module named {mod_name}")
    spec, code = found
    if spec is not None and spec.submodule_search_locations is not None:
        if mod_name == "__main__" or mod_name.endswith(".__main__"):
            raise error("Cannot use package as __main__ module")
        __import__(mod_name)
        try:
            return _get_module_details(mod_name + ".__main__", error)
        except error as e:
            if mod_name not in sys.modules:
                raise
            raise error(f"{e}; {mod_name!r} is a package and cannot be directly executed")
    if code is None:
        raise error(f"No code object available for {mod_name}")
    if isinstance(code, SyntaxError):
        # A text that does not compile is told from where CPython's loaders compile it.
        code, get_code = None, _importlib_frames(code)


    if code is None:
        code = get_code()
    return mod_name, spec, code









def _run_module_as_main(mod_name, alter_argv=True):
    """Run a module as __main__; with alter_argv, sys.argv[0] becomes its file."""
    try:
        if alter_argv or mod_name != "__main__":
            details = _get_module_details

        else:
            details = _get_module_details











        mod_name, mod_spec, code = details(mod_name, _Error)
    except _Error as exc:
        sys.exit("%s: %s" % (sys.executable, exc))
    main_globals = sys.modules["__main__"].__dict__
    if alter_argv:
        sys.argv[0] = mod_spec.origin



    return _run_code(code, main_globals, None, "__main__", mod_spec)


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Run a module in a namespace of its own, which is returned."""
    mod_name, mod_spec, code = _get_module_details(mod_name)
    return _run_code(code, {}, init_globals, run_name or mod_name, mod_spec).copy()


def _importlib_frames(error):
    """A function that raises the error below the frames of importlib that CPython shows."""
    def _call_with_frames_removed():
        raise error.with_traceback(None)

    def source_to_code():
        return _call_with_frames_removed()

    def get_code():
        return source_to_code()

    external = "<frozen importlib._bootstrap_external>"
    for function, file, line in ((_call_with_frames_removed, "<frozen importlib._bootstrap>", 241),
                                 (source_to_code, external, 1004), (get_code, external, 1074)):
        function.__code__ = function.__code__.replace(co_filename=file, co_firstlineno=line - 1)
    return get_code
