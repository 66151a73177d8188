//! A call taken apart: what is called, with what.
//!
//! ```text
//!   [… NULL  callable  a  b ]      CALL 2 of a function
//!   [… method  self    a  b ]      CALL 2 of a method found by LOAD_METHOD
//! ```

use crate::{
    bytecode::{instr::Instr, opcode::Op},
    heap::ObjRef,
    objects::Objects,
    view::{Role, capture::Scribe},
    vm::Vm,
};

pub(super) struct Call {
    pub callable: ObjRef,
    /// Without `self`.
    pub arguments: Vec<ObjRef>,
    /// A method with its object on the stack.
    has_self: bool,
    /// Names of the last arguments.
    keywords: Vec<String>,
}

impl Call {
    /// The call that the next instruction makes or prepares.
    pub fn of(vm: &Vm, instr: &Instr) -> Option<Call> {
        let slot = |depth: usize| vm.sp.checked_sub(depth).and_then(|at| vm.stack[at]);
        match instr.op {
            Op::CALL | Op::PRECALL => {
                let count = instr.arg as usize;
                let method = slot(count + 2);
                let callable = method.or(slot(count + 1))?;
                let arguments = (1..=count).rev().filter_map(slot).collect();
                let keywords = vm.kwnames.and_then(|names| vm.heap.tuple(names)).unwrap_or(&[]);
                Some(Call {
                    callable,
                    arguments,
                    has_self: method.is_some(),
                    keywords: keywords.iter().map(|&name| vm.name_text(name)).collect(),
                })
            }
            Op::CALL_FUNCTION_EX => {
                let callable = slot(2 + (instr.arg & 1) as usize)?;
                Some(Call { callable, arguments: Vec::new(), has_self: false, keywords: Vec::new() })
            }
            _ => None,
        }
    }

    /// The top first.
    pub fn roles(&self, _vm: &Vm) -> Vec<Role> {
        let count = self.arguments.len();
        let positional = count.saturating_sub(self.keywords.len());
        let mut roles: Vec<Role> = (0..count)
            .map(|index| match index.checked_sub(positional).and_then(|index| self.keywords.get(index)) {
                Some(name) => Role::KeywordArgument(name.clone()),
                None => Role::Argument(index as u32 + 1),
            })
            .rev()
            .collect();
        if self.has_self {
            roles.extend([Role::Other("self".into()), Role::Callable]);
        } else {
            roles.extend([Role::Callable, Role::Other("no self".into())]);
        }
        roles
    }

    /// ` with 3 and 4`
    pub fn with(&self, scribe: &Scribe<'_>) -> String {
        let text = |object: &ObjRef| scribe.text(*object, 24);
        match self.arguments.as_slice() {
            [] => " without arguments".into(),
            [one] => format!(" with {}", text(one)),
            [one, two] => format!(" with {} and {}", text(one), text(two)),
            several => format!(" with {} arguments", several.len()),
        }
    }
}
