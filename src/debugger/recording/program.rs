//! The program of a session file: its text or its code, and how it was started.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Problem, read_bytes, tell_bytes, world::Replayer};
use crate::{
    bytecode::{
        code::CodeObject,
        pyc::{self, Validation},
    },
    debugger::session::{Module, Program},
    interpreter,
    vm::{
        Config,
        config::HashSeed,
        host::{Answer, Request},
    },
};

/// A program as it can be written down.
#[derive(Clone, Debug)]
pub struct SavedProgram {
    pub code: Code,
    /// The text; of code that came without, nothing.
    pub bytes: Vec<u8>,
    pub name: String,
    pub config: Config,
    /// What was asked before its first instruction: `-m` looks for the module.
    pub before: Vec<(Request, Answer)>,
}

/// What is run.
#[derive(Clone, Debug)]
pub enum Code {
    /// The text is compiled.
    Source,
    /// A `.pyc` file, with its path.
    Compiled { path: String, code: Arc<CodeObject> },
    /// A module of this name, as `-m` runs it.
    Module(String),
    /// None: statements are typed, which are among the answers of the outside world.
    Prompt,
}

impl SavedProgram {
    /// The program, ready to be debugged.
    ///
    /// # Errors
    ///
    /// It can't be run here.
    pub fn program(&self, stdin: Option<Vec<String>>) -> Result<Program, Problem> {
        let (bytes, name, config) = (self.bytes.clone(), self.name.clone(), self.config.clone());
        match &self.code {
            Code::Source => Program::compile(bytes, name, config, stdin).map_err(|error| Problem::Program(error.msg.clone())),
            Code::Compiled { path, code } => {
                Ok(Program { bytes, name, pyc: Some(path.clone()), code: code.clone(), config, stdin, machine: None })
            }
            Code::Prompt => Err(Problem::Program("it is typed at a prompt".into())),
            Code::Module(module) => {
                let mut world = Replayer { answers: self.before.iter(), is_lost: false };
                let vm = interpreter::load_module_to_start(module, config.clone(), &mut world).map_err(Problem::Program)?;
                let code = crate::view::capture::running_code(&vm).map(|code| code.code.clone()).filter(|_| !world.is_lost);
                let code = code.ok_or(Problem::Differs { step: 0, what: "the module was found in another way" })?;
                let module = Module { name: module.clone(), answers: self.before.clone() };
                Ok(Program { bytes, name, pyc: None, code, config, stdin, machine: Some((Box::new(vm), module)) })
            }
        }
    }

    pub fn to_json(&self) -> Value {
        let mut value = json!({"kind": "source", "name": self.name, "bytes": tell_bytes(&self.bytes)});
        match &self.code {
            Code::Source => {}
            Code::Compiled { path, code } => {
                value["kind"] = "compiled".into();
                value["path"] = path.as_str().into();
                value["code"] = tell_bytes(&pyc::write(code, Validation::Timestamp { mtime: 0, size: 0 }));
            }
            Code::Module(module) => {
                value["kind"] = "module".into();
                value["module"] = module.as_str().into();
            }
            Code::Prompt => value["kind"] = "prompt".into(),
        }
        value
    }

    pub fn of_json(value: &Value) -> Option<SavedProgram> {
        let code = match value["kind"].as_str()? {
            "source" => Code::Source,
            "compiled" => {
                Code::Compiled { path: value["path"].as_str()?.to_owned(), code: pyc::read_verified(&read_bytes(&value["code"])?).ok()?.0 }
            }
            "prompt" => Code::Prompt,
            "module" => Code::Module(value["module"].as_str()?.to_owned()),
            _ => return None,
        };
        Some(SavedProgram {
            code,
            bytes: read_bytes(&value["bytes"])?,
            name: value["name"].as_str()?.to_owned(),
            config: Config::default(),
            before: Vec::new(),
        })
    }
}

/// Flags of [`Config`] by name.
macro_rules! flags {
    ($config:expr, $do:ident) => {
        $do!(
            $config,
            inspect,
            interactive,
            dont_write_bytecode,
            ignore_environment,
            quiet,
            isolated,
            no_site,
            no_user_site,
            utf8_mode,
            dev_mode,
            safe_path,
            unbuffered
        )
    };
}

pub fn config_to_json(config: &Config) -> Value {
    let mut value = json!({
        "argv": config.argv,
        "orig_argv": config.orig_argv,
        "executable": config.executable,
        "script_dir": config.script_dir,
        "path": config.path,
        "stdlib": config.stdlib,
        "site": config.site,
        "current_dir": config.current_dir,
        "optimize": config.optimize,
        "hash_seed": match config.hash_seed {
            HashSeed::Fixed(seed) => json!(seed),
            HashSeed::Random(bits) => json!(bits),
        },
        "warn_options": config.warn_options,
        "x_options": config.x_options,
        "bytes_warning": config.bytes_warning,
        "memory_limit": config.memory_limit,
        "schedule": config.schedule,
        "terminals": config.terminals,
    });
    macro_rules! tell {
        ($config:expr, $($name:ident),*) => { $( value[stringify!($name)] = $config.$name.into(); )* };
    }
    flags!(config, tell);
    value
}

pub fn config_of_json(value: &Value) -> Option<Config> {
    let texts = |name: &str| super::texts(&value[name]);
    let small = |name: &str| u8::try_from(value[name].as_u64()?).ok();
    let mut config = Config {
        argv: texts("argv")?,
        orig_argv: texts("orig_argv")?,
        executable: value["executable"].as_str().unwrap_or("uncoil").to_owned(),
        script_dir: match &value["script_dir"] {
            Value::Null => None,
            folder => Some(folder.as_str()?.to_owned()),
        },
        path: texts("path")?,
        stdlib: value["stdlib"].as_str().map(str::to_owned),
        site: texts("site").unwrap_or_default(),
        current_dir: value["current_dir"].as_str()?.to_owned(),
        optimize: small("optimize")?,
        hash_seed: match &value["hash_seed"] {
            Value::Array(bits) => HashSeed::Random([bits.first()?.as_u64()?, bits.get(1)?.as_u64()?]),
            seed => HashSeed::Fixed(u32::try_from(seed.as_u64()?).ok()?),
        },
        warn_options: texts("warn_options")?,
        x_options: {
            let option = |option: &Value| {
                let value = match &option[1] {
                    Value::Null => None,
                    value => Some(value.as_str()?.to_owned()),
                };
                Some((option[0].as_str()?.to_owned(), value))
            };
            value["x_options"].as_array()?.iter().map(option).collect::<Option<_>>()?
        },
        bytes_warning: small("bytes_warning")?,
        memory_limit: value["memory_limit"].as_u64()?,
        schedule: value["schedule"].as_u64(),
        terminals: {
            let flags: Vec<bool> = value["terminals"].as_array()?.iter().map(Value::as_bool).collect::<Option<_>>()?;
            flags.try_into().ok()?
        },
        ..Config::default()
    };
    macro_rules! read {
        ($config:expr, $($name:ident),*) => { $( $config.$name = value[stringify!($name)].as_bool()?; )* };
    }
    flags!(config, read);
    Some(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_comes_back_as_it_was() {
        let config = Config {
            argv: vec!["a.py".into(), "\u{1b}[31m".into()],
            script_dir: Some("/x".into()),
            hash_seed: HashSeed::Random([u64::MAX, 3]),
            x_options: vec![("utf8".into(), None), ("dev".into(), Some("1".into()))],
            utf8_mode: true,
            memory_limit: u64::MAX,
            terminals: [true, false, true],
            ..Config::default()
        };
        let text = config_to_json(&config).to_string();
        let back = config_of_json(&serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(format!("{back:?}"), format!("{config:?}"));
    }
}
