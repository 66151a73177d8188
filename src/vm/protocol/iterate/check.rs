//! What a class's own `__iter__` or `__aiter__` gives: is it an iterator?
//!
//! ```text
//!   for x in tree:     GET_ITER calls Tree.__iter__ and looks at the result when it is there
//! ```

use crate::{
    heap::ObjRef,
    vm::{
        Outcome, Res, Vm,
        frame::NativeState,
        native_frame::{Input, Native},
    },
};

/// Waits for the iterator. It owns nothing: the object is on the stack, and its class has the method.
#[derive(Clone)]
pub struct IteratorCheck {
    object: ObjRef,
    method: ObjRef,
    is_async: bool,
}

impl Native for IteratorCheck {
    fn name(&self) -> &'static str {
        if self.is_async { "__aiter__" } else { "iter" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let iterator = match input {
            Input::Value(value) => value,
            Input::Exhausted => vm.none(),
            Input::Start => match vm.call_method_object(self.method, self.object, &[])? {
                Outcome::Done(value) => value,
                Outcome::Pushed => return Ok(Outcome::Pushed),
            },
        };
        let fits = match self.is_async {
            true => vm.type_lookup(vm.ty(iterator), vm.names.anext).is_some(),
            false => vm.is_iterator(iterator),
        };
        if fits {
            return Ok(Outcome::Done(iterator));
        }
        let name = vm.type_name(iterator);
        vm.decref(iterator);
        Err(vm.type_error(match self.is_async {
            true => format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}"),
            false => format!("iter() returned non-iterator of type '{name}'"),
        }))
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn release(&mut self, _vm: &mut Vm) {}

    fn into_state(self) -> NativeState {
        NativeState::Iterator(self)
    }
}

impl Vm {
    /// Calls the `__iter__` or `__aiter__` of an object's class.
    pub(in crate::vm) fn iterator_by(&mut self, method: ObjRef, object: ObjRef, is_async: bool) -> Res {
        self.start_native(IteratorCheck { object, method, is_async })
    }
}
