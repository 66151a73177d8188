//! Where a buffered file stands: `seek`, `tell`, `truncate`.
//!
//! `f.tell()` is where the raw file is, less what was read ahead, and what was written but is still here.

use super::{
    super::{base::Able, unsupported},
    *,
};

pub fn seek(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    raw_of(vm, file)?;
    let whence = match args.get(vm, 2) {
        Some(whence) => convert::c_int(vm, whence)?,
        None => 0,
    };
    if !(0..=2).contains(&whence) {
        return Err(vm.value_error(format!("whence value {whence} unsupported")));
    }
    open_raw(vm, file, "seek")?;
    task::run(vm, Seek { file, target: args.at(vm, 1), whence, stage: 0 })
}

#[derive(Clone)]
struct Seek {
    /// borrowed
    file: ObjRef,
    target: ObjRef,
    whence: i32,
    stage: u8,
}

impl Task for Seek {
    fn name(&self) -> &'static str {
        "seek"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        let raw = raw_of(vm, self.file)?;
        self.stage += 1;
        match self.stage {
            1 => Ok(Next::Wait(task::run(vm, Check { file: raw, wanted: vec![Able::Seekable], asked: false }))),
            2 => {
                vm.xdecref(value);
                let target = convert::ssize(vm, self.target)?;
                // Within what was read ahead nobody else has to move.
                if self.whence == 1
                    && let Some(state) = state_mut(vm, self.file).filter(|state| state.written.is_empty())
                {
                    let at = state.at as i64 + target;
                    if !state.ahead().is_empty() && (0..=state.read.len() as i64).contains(&at) {
                        state.at = at as usize;
                        self.stage = 4;
                        return Ok(Next::Wait(task::run(vm, Tell { file: self.file, asked: false })));
                    }
                }
                Ok(Next::Wait(task::run(vm, Settle::new(self.file))))
            }
            3 => {
                vm.xdecref(value);
                let target = convert::ssize(vm, self.target)?;
                Ok(Next::Wait(seek_raw(vm, raw, target, self.whence)))
            }
            _ => Ok(Next::Done(value.expect("a position"))),
        }
    }
}

pub fn tell(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    raw_of(vm, file)?;
    task::run(vm, Tell { file, asked: false })
}

#[derive(Clone)]
struct Tell {
    /// borrowed
    file: ObjRef,
    asked: bool,
}

impl Task for Tell {
    fn name(&self) -> &'static str {
        "tell"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if !self.asked {
            self.asked = true;
            let raw = raw_of(vm, self.file)?;
            return Ok(Next::Wait(call(vm, raw, "tell", &[])));
        }
        let position = input.value().expect("a position");
        let raw = convert::ssize(vm, position);
        vm.decref(position);
        let raw = raw?;
        if raw < 0 {
            return Err(vm.raise(OS_ERROR, format!("Raw stream returned invalid position {raw}")));
        }
        let (ahead, written) = state(vm, self.file).map_or((0, 0), |state| (state.ahead().len(), state.written.len()));
        Ok(Next::Done(vm.new_int(raw - ahead as i64 + written as i64)))
    }
}

pub fn truncate(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_raw(vm, file, "truncate")?;
    if vm.core_of(file) == BUFFERED_READER {
        return Err(unsupported(vm, "truncate"));
    }
    task::run(vm, Truncate { file, size: args.given(vm, 1), stage: 0 })
}

#[derive(Clone)]
struct Truncate {
    /// borrowed
    file: ObjRef,
    size: Option<ObjRef>,
    stage: u8,
}

impl Task for Truncate {
    fn name(&self) -> &'static str {
        "truncate"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        self.stage += 1;
        match self.stage {
            1 => Ok(Next::Wait(task::run(vm, Settle::new(self.file)))),
            2 => {
                vm.xdecref(value);
                let raw = raw_of(vm, self.file)?;
                let size: Vec<ObjRef> = self.size.into_iter().collect();
                Ok(Next::Wait(call(vm, raw, "truncate", &size)))
            }
            _ => Ok(Next::Done(value.expect("the size"))),
        }
    }
}
