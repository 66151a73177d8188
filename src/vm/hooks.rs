//! The one seam through which a debugger watches: called where a stop may be due.
//!
//! A plain run pays one countdown per instruction. Invariant: nothing a hook does moves the instruction count, the moment of
//! a collection or a thread switch.

use super::Vm;

/// What to do when the countdown has run out, before the next instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Run this many more instructions (at least one, if it is a hook that says so).
    Go(u32),
    /// Return from [`Vm::run`]; the state is complete and may be run on later.
    Stop,
    /// Raise KeyboardInterrupt in the program.
    Interrupt,
}

pub trait Hooks {
    fn due(&mut self, vm: &mut Vm) -> Due;

    /// Before a unit that was armed (see [`super::arming`]): [`Due::Stop`] leaves the loop, all else runs it. It must not
    /// change the machine.
    fn armed(&mut self, _vm: &mut Vm) -> Due {
        Due::Go(1)
    }
}

/// The loop below native code: nobody stops in it, but somebody may want a pause.
pub struct Below;

impl Hooks for Below {
    fn due(&mut self, vm: &mut Vm) -> Due {
        if vm.aside.wants_pause(vm.steps()) { Due::Stop } else { Due::Go(1 << 20) }
    }
}

/// No debugger: run on.
pub struct NoHooks;

impl Hooks for NoHooks {
    fn due(&mut self, _vm: &mut Vm) -> Due {
        Due::Go(1 << 20)
    }
}
