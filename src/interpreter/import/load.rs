//! From a file to a module's code: the source, or the `.pyc` file beside it in `__pycache__`, read and written as CPython does.
//!
//! Each step is a question to the outside world whose answer leads to the next. The source is always read, for tracebacks show its
//! lines; the code comes from a `.pyc` file that fits it. Counterpart in CPython 3.11: `SourceLoader.get_code`. `import m` reads
//! `m.py` and `__pycache__/m.cpython-311.pyc`, and writes the latter where it is missing or stale.

use std::{path::Path, sync::Arc};

use crate::{
    builtins::functions::code::{syntax_error, warn},
    bytecode::{
        code::{CodeObject, Constant},
        marshal::MarshalError,
        pyc::{self, PycError, Validation},
    },
    heap::ObjRef,
    interpreter::{self, importlib::Origin},
    objects::{Objects, core_types::*},
    stdlib::Frozen,
    syntax::Mode,
    vm::{Raised, Vm, host::Request},
};

/// A module being read.
#[derive(Clone)]
pub(super) struct Loading {
    pub name: String,
    pub origin: Origin,
    /// Of a package: where its modules are.
    pub folder: Option<String>,
    pub cached: Option<String>,
    bytes: Vec<u8>,
    step: Step,
    validation: Option<Validation>,
    code: Option<Arc<CodeObject>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// When was the source changed?
    Stat,
    /// The `.pyc` file's bytes.
    Cache,
    /// The code goes into a new `.pyc` file.
    Written,
}

/// What comes next.
pub(super) enum Next {
    Ask(Request),
    Run(Arc<CodeObject>),
}

impl Loading {
    /// A file was found; what to ask first.
    pub fn new(vm: &Vm, name: String, path: String, folder: Option<String>, bytes: Vec<u8>) -> (Loading, Request) {
        let request = Request::Stat(path.clone());
        let (origin, cached) = if path.ends_with(".pyc") {
            (Origin::Sourceless(path.clone()), path)
        } else {
            let cached = pyc::cache_path(Path::new(&path), vm.config.optimize).display().to_string();
            (Origin::Source(path), cached)
        };
        (Loading { name, origin, folder, cached: Some(cached), bytes, step: Step::Stat, validation: None, code: None }, request)
    }

    /// A module that comes along with the program.
    pub fn frozen(name: &str, is_package: bool) -> Loading {
        Loading {
            name: name.to_string(),
            origin: Origin::Frozen,
            folder: is_package.then(|| format!("<frozen {name}>")),
            cached: None,
            bytes: Vec::new(),
            step: Step::Written,
            validation: None,
            code: None,
        }
    }

    fn path(&self) -> String {
        match &self.origin {
            Origin::Source(path) | Origin::Sourceless(path) => path.clone(),
            _ => format!("<frozen {}>", self.name),
        }
    }

    /// Goes on with an answer, which is borrowed.
    pub fn answered(&mut self, vm: &mut Vm, answer: ObjRef) -> Result<Next, Raised> {
        if let Origin::Sourceless(path) = &self.origin {
            let path = path.clone();
            return read_pyc(vm, &self.name, &path, &self.bytes).map(Next::Run);
        }
        match self.step {
            Step::Stat => {
                let items = vm.heap.sequence(answer).map(<[ObjRef]>::to_vec).unwrap_or_default();
                if let [_, mtime, size] = items[..] {
                    let number = |object| vm.small_value(object).unwrap_or(0) as u32;
                    self.validation = Some(Validation::Timestamp { mtime: number(mtime), size: number(size) });
                }
                self.step = Step::Cache;
                Ok(Next::Ask(Request::ReadFile(self.cached.clone().unwrap_or_default())))
            }
            Step::Cache => {
                let cached = vm.heap.bytes(answer).map(<[u8]>::to_vec);
                if let Some(code) = cached.and_then(|cached| self.fitting(&cached)) {
                    interpreter::remember_source(vm, &self.path(), &self.bytes);
                    return Ok(Next::Run(code));
                }
                let bytes = std::mem::take(&mut self.bytes);
                let code = self.compile(vm, &bytes)?;
                let (Some(validation), Some(cached), false) = (self.validation, self.cached.clone(), writes_nothing(vm)) else {
                    return Ok(Next::Run(code));
                };
                self.step = Step::Written;
                let bytes = pyc::write(&code, validation);
                self.code = Some(code);
                Ok(Next::Ask(Request::WriteFile(cached, bytes)))
            }
            Step::Written => match self.code.take() {
                Some(code) => Ok(Next::Run(code)),
                None => Err(vm.raise(IMPORT_ERROR, format!("No code object available for {}", self.name))),
            },
        }
    }

    /// The code of a `.pyc` file if it is of this source.
    fn fitting(&self, cached: &[u8]) -> Option<Arc<CodeObject>> {
        let (code, validation) = pyc::read_verified(cached).ok()?;
        let fits = match validation {
            Validation::Timestamp { .. } => Some(validation) == self.validation,
            Validation::Hash { checked: false, .. } => true,
            Validation::Hash { hash, checked: true } => hash == pyc::source_hash(&self.bytes),
        };
        fits.then(|| renamed(&code, &self.path().into()))
    }

    /// The code of a module that comes along, compiled when uncoil was built; other than at `-O` it has its assertions.
    pub fn thaw(&self, vm: &mut Vm, module: &Frozen) -> Result<Arc<CodeObject>, Raised> {
        match module.code().filter(|_| vm.config.optimize == 0) {
            Some(code) => {
                interpreter::remember_source(vm, &self.path(), module.source.as_bytes());
                Ok(code)
            }
            None => self.compile(vm, module.source.as_bytes()),
        }
    }

    /// Compiles the module's source.
    pub fn compile(&self, vm: &mut Vm, bytes: &[u8]) -> Result<Arc<CodeObject>, Raised> {
        let path = self.path();
        let (warnings, code) = interpreter::compile_source(bytes, &path, Mode::Exec, vm.config.optimize);
        interpreter::remember_source(vm, &path, bytes);
        warn(vm, &path, warnings.iter())?;
        code.map_err(|error| syntax_error(vm, &error, &path))
    }
}

fn writes_nothing(vm: &Vm) -> bool {
    vm.dict_get_text(vm.sys_dict, "dont_write_bytecode").is_some_and(|flag| !matches!(flag, FALSE | NONE))
}

/// The code of a module that has no source.
fn read_pyc(vm: &mut Vm, name: &str, path: &str, bytes: &[u8]) -> Result<Arc<CodeObject>, Raised> {
    match pyc::read_verified(bytes) {
        Ok((code, _)) => Ok(code),
        Err(_) if bytes.len() < 16 && pyc::MAGIC.starts_with(&bytes[..bytes.len().min(4)]) => {
            Err(vm.raise(EOF_ERROR, format!("reached EOF while reading pyc header of '{name}'")))
        }
        Err(error) => {
            let message = match error {
                PycError::NotPyc | PycError::BadMagic(_) => {
                    let magic: String = bytes.iter().take(4).map(|&byte| byte_text(byte)).collect();
                    format!("bad magic number in '{name}': b'{magic}'")
                }
                PycError::BadFlags(flags) => format!("invalid flags {flags:#x} in '{name}'"),
                PycError::NotCode => format!("Non-code object in '{path}'"),
                PycError::Marshal(MarshalError::EndOfData) => return Err(vm.raise(EOF_ERROR, "marshal data too short")),
                PycError::Marshal(error) => return Err(vm.raise(VALUE_ERROR, error.to_string())),
                error => format!("{path}: {error}"),
            };
            Err(vm.raise(IMPORT_ERROR, message))
        }
    }
}

/// A byte as in the repr of bytes.
fn byte_text(byte: u8) -> String {
    match byte {
        b'\r' => "\\r".to_string(),
        b'\n' => "\\n".to_string(),
        b'\t' => "\\t".to_string(),
        0x20..=0x7e => (byte as char).to_string(),
        _ => format!("\\x{byte:02x}"),
    }
}

/// The code as of that file, should it have been compiled under another name.
fn renamed(code: &Arc<CodeObject>, path: &Arc<str>) -> Arc<CodeObject> {
    if code.filename == *path {
        return code.clone();
    }
    let mut copy = CodeObject::clone(code);
    copy.filename = path.clone();
    for constant in &mut copy.consts {
        if let Constant::Code(inner) = constant {
            *inner = renamed(inner, path);
        }
    }
    Arc::new(copy)
}
