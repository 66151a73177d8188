//! Frames: one running call of Python code, and the Python object that can stand for it.
//!
//! ```text
//!   value stack of the thread:   … │ locals │ cells │ free variables │ value stack ▸ │ next frame's locals …
//!                                  └ base                            └ base + nlocalsplus
//! ```
//!
//! A call pushes a [`PyFrame`]; a frame *object* is made only when somebody asks (`sys._getframe`, a traceback). If the
//! object outlives the call, the variables move into it. Counterparts: `_PyInterpreterFrame` and `PyFrameObject`.

use crate::heap::ObjRef;

#[derive(Clone, Copy)]
pub struct PyFrame {
    pub code: ObjRef,
    /// The function called; none for module and class bodies and for `exec`.
    pub func: Option<ObjRef>,
    /// Not counted where a function is: it holds them.
    pub globals: ObjRef,
    pub builtins: ObjRef,
    /// The namespace of module and class bodies.
    pub locals: Option<ObjRef>,
    /// The next instruction: a unit of the machine's table.
    pub pc: u32,
    /// Index of the first local in the value stack.
    pub base: u32,
    /// Top of the value stack; up to date while another frame runs above.
    pub sp: u32,
    /// The frame object, if one was made.
    pub object: Option<ObjRef>,
    /// The generator or coroutine that this is the body of (not counted: the caller holds it).
    pub generator: Option<ObjRef>,
}

/// A `frame` object.
#[derive(Clone)]
pub struct FrameObject {
    /// Counted, like the globals and builtins, once the frame has ended; until then the running frame holds them.
    pub code: ObjRef,
    pub globals: ObjRef,
    pub builtins: ObjRef,
    pub back: Option<ObjRef>,
    pub state: FrameState,
    /// Byte offset of the last instruction, kept when the frame has ended or is suspended.
    pub lasti: i32,
    pub trace: FrameTrace,
}

/// What a trace function is told of one frame: `f_trace`, `f_trace_lines`, `f_trace_opcodes`.
#[derive(Clone)]
pub struct FrameTrace {
    /// The frame's own trace function, counted.
    pub function: Option<ObjRef>,
    pub lines: bool,
    pub opcodes: bool,
    /// Somebody has asked for `f_locals`: what a trace function changes in it goes back into the variables.
    pub locals_shown: bool,
}

impl Default for FrameTrace {
    fn default() -> FrameTrace {
        FrameTrace { function: None, lines: true, opcodes: false, locals_shown: false }
    }
}

#[derive(Clone)]
pub enum FrameState {
    /// The frame runs or is suspended in the call stack, this many frames deep.
    Live(u32),
    /// The frame is that of a suspended generator (not counted).
    Suspended(ObjRef),
    /// The call is over; its variables live on here.
    Ended { func: Option<ObjRef>, locals: Option<ObjRef>, slots: Vec<Option<ObjRef>> },
}

impl FrameObject {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.back.iter().chain(&self.trace.function).for_each(|&o| visit(o));
        if let FrameState::Ended { func, locals, slots } = &self.state {
            visit(self.code);
            match func {
                Some(func) => visit(*func),
                None => {
                    visit(self.globals);
                    visit(self.builtins);
                }
            }
            locals.iter().for_each(|&o| visit(o));
            slots.iter().flatten().for_each(|&o| visit(o));
        }
    }
}
