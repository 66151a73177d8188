//! The learner's exceptions, as a value: an exception object on its way up.

use super::{Outcome, Res, Vm};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, exception::Exception, exception::field_names, instance::Attrs},
    text::{PyStr, error::TextError},
};

/// An exception in flight; owns one reference to the exception object.
#[derive(Clone, Debug)]
#[must_use]
pub struct Raised(pub ObjRef);

impl Vm {
    /// A new exception of a builtin type with a text as its only argument.
    pub fn raise(&mut self, ty: ObjRef, message: impl Into<PyStr>) -> Raised {
        let message = self.new_str(message);
        let args = self.new_tuple([message]);
        self.raise_args(ty, args)
    }

    /// A new exception of a builtin type; takes over the argument tuple.
    pub fn raise_args(&mut self, ty: ObjRef, args: ObjRef) -> Raised {
        let exception = self.new_exception(ty, args);
        self.set_context(exception);
        Raised(exception)
    }

    /// A new exception with one argument object, which it takes over.
    pub fn raise_object(&mut self, ty: ObjRef, argument: ObjRef) -> Raised {
        let args = self.new_tuple([argument]);
        self.raise_args(ty, args)
    }

    pub fn type_error(&mut self, message: impl Into<PyStr>) -> Raised {
        self.raise(TYPE_ERROR, message)
    }

    pub fn value_error(&mut self, message: impl Into<PyStr>) -> Raised {
        self.raise(VALUE_ERROR, message)
    }

    /// A `NameError` that knows the name, or an `UnboundLocalError`, which does not.
    pub fn name_error(&mut self, ty: ObjRef, message: String, name: ObjRef) -> Raised {
        let raised = self.raise(ty, message);
        if ty == NAME_ERROR {
            self.incref(name);
            self.set_exception_field(raised.0, 0, name);
        }
        raised
    }

    /// `'X' object has no attribute 'y'`, with the object and name that suggestions need.
    pub fn attribute_error(&mut self, message: String, object: ObjRef, name: ObjRef) -> Raised {
        let raised = self.raise(ATTRIBUTE_ERROR, message);
        self.set_attribute_error_context(raised.0, object, name);
        raised
    }

    /// Fills `obj` and `name` of an AttributeError that has neither.
    pub fn set_attribute_error_context(&mut self, exception: ObjRef, object: ObjRef, name: ObjRef) {
        let fields = &self.heap.exception(exception).expect("an exception").fields;
        if matches!(fields[..], [None, None]) {
            self.incref(object);
            self.set_exception_field(exception, 0, object);
            self.incref(name);
            self.set_exception_field(exception, 1, name);
        }
    }

    /// A new exception whose cause (and context) is another, which it takes over.
    ///
    /// Counterpart: `_PyErr_FormatFromCause`.
    pub fn raise_from(&mut self, ty: ObjRef, message: impl Into<PyStr>, cause: Raised) -> Raised {
        let error = self.raise(ty, message);
        self.incref(cause.0);
        let exception = self.heap.exception_mut(error.0).expect("an exception");
        exception.cause = Some(cause.0);
        exception.suppress_context = true;
        let old = exception.context.replace(cause.0);
        self.xdecref(old);
        error
    }

    /// An exception told by the text and number layer.
    pub fn text_error(&mut self, error: TextError) -> Raised {
        let ty = match error.kind {
            "TypeError" => TYPE_ERROR,
            "OverflowError" => OVERFLOW_ERROR,
            "ZeroDivisionError" => ZERO_DIVISION_ERROR,
            "MemoryError" => MEMORY_ERROR,
            "IndexError" => INDEX_ERROR,
            "KeyError" => KEY_ERROR,
            "LookupError" => LOOKUP_ERROR,
            _ => VALUE_ERROR,
        };
        self.raise(ty, error.message)
    }

    /// Creates an exception object of a builtin type or a subclass without calling anything; takes over `args`.
    pub fn new_exception(&mut self, ty: ObjRef, args: ObjRef) -> ObjRef {
        let builtin = self.heap.type_of_type(ty).solid_base;
        let object = self.bare_exception(ty, args);
        self.init_exception_fields(object, builtin);
        object
    }

    /// An exception with its arguments and nothing else, as `BaseException.__new__` leaves it; takes over `args`.
    pub fn bare_exception(&mut self, class: ObjRef, args: ObjRef) -> ObjRef {
        let record = self.heap.type_of_type(class);
        let fields = field_names(&self.heap.type_of_type(record.solid_base).name).iter().map(|_| None).collect();
        let slots = record.slot_names.iter().map(|_| None).collect();
        let exception = Exception {
            args,
            traceback: None,
            context: None,
            cause: None,
            suppress_context: false,
            attrs: Attrs::default(),
            fields,
            slots,
        };
        if !is_core_type(class) {
            self.incref(class);
        }
        let exception = self.spare.exception(exception);
        self.alloc_tracked(class, 0, Body::Exception(exception))
    }

    /// Fills the fields of a builtin exception type from `args`, as its `__init__` does.
    pub fn init_exception_fields(&mut self, object: ObjRef, builtin: ObjRef) {
        if self.heap.exception(object).is_none_or(|exception| exception.fields.is_empty()) {
            return;
        }
        let args: Vec<ObjRef> = {
            let args = self.heap.exception(object).expect("an exception").args;
            self.heap.tuple(args).expect("a tuple").to_vec()
        };
        let set = |vm: &mut Vm, index: usize, value: Option<ObjRef>| {
            if let Some(value) = value {
                vm.incref(value);
                vm.set_exception_field(object, index, value);
            }
        };
        match builtin {
            STOP_ITERATION => set(self, 0, args.first().copied()),
            SYSTEM_EXIT => match args.len() {
                0 => {}
                1 => set(self, 0, args.first().copied()),
                _ => {
                    let all = self.heap.exception(object).expect("an exception").args;
                    set(self, 0, Some(all));
                }
            },
            IMPORT_ERROR | MODULE_NOT_FOUND_ERROR if args.len() == 1 => set(self, 0, args.first().copied()),
            BASE_EXCEPTION_GROUP | EXCEPTION_GROUP => {
                set(self, 0, args.first().copied());
                if let Some(&list) = args.get(1).filter(|&&list| self.ty(list) == TUPLE) {
                    set(self, 1, Some(list));
                } else if let Some(&list) = args.get(1) {
                    let items: Vec<ObjRef> = self.heap.sequence(list).map(<[ObjRef]>::to_vec).unwrap_or_default();
                    items.iter().for_each(|&item| self.incref(item));
                    let tuple = self.new_tuple(items);
                    self.set_exception_field(object, 1, tuple);
                }
            }
            UNICODE_DECODE_ERROR | UNICODE_ENCODE_ERROR | UNICODE_TRANSLATE_ERROR => {
                for (index, &arg) in args.iter().enumerate().take(5) {
                    set(self, index, Some(arg));
                }
            }
            SYNTAX_ERROR | INDENTATION_ERROR | TAB_ERROR => {
                set(self, 0, args.first().copied());
                if args.len() == 2 {
                    let details = self.heap.sequence(args[1]).unwrap_or_default().to_vec();
                    for (index, &detail) in details.iter().enumerate().take(6) {
                        set(self, index + 1, Some(detail));
                    }
                }
            }
            _ if self.heap.exception(object).expect("an exception").fields.len() == 4 && (2..=5).contains(&args.len()) => {
                // OSError(errno, strerror[, filename[, winerror[, filename2]]])
                set(self, 0, args.first().copied());
                set(self, 1, args.get(1).copied());
                set(self, 2, args.get(2).copied());
                set(self, 3, args.get(4).copied());
                if args.len() > 2 {
                    args[..2].iter().for_each(|&arg| self.incref(arg));
                    let pair = self.new_tuple(args[..2].to_vec());
                    let exception = self.heap.exception_mut(object).expect("an exception");
                    let old = std::mem::replace(&mut exception.args, pair);
                    self.decref(old);
                }
            }
            _ => {}
        }
    }

    /// Sets a field; takes over the reference.
    pub fn set_exception_field(&mut self, object: ObjRef, index: usize, value: ObjRef) {
        let exception = self.heap.exception_mut(object).expect("an exception");
        if let Some(field) = exception.fields.get_mut(index) {
            let old = field.replace(value);
            self.xdecref(old);
        } else {
            self.decref(value);
        }
    }

    /// Whether the exception is an instance of a class.
    pub fn exception_matches(&self, exception: ObjRef, class: ObjRef) -> bool {
        self.is_subtype(self.ty(exception), class)
    }

    /// If the failure is of this type, forgets it and answers `None`.
    pub fn suppress<T>(&mut self, result: Res<T>, ty: ObjRef) -> Result<Option<Outcome<T>>, Raised> {
        match result {
            Ok(outcome) => Ok(Some(outcome)),
            Err(raised) if self.exception_matches(raised.0, ty) => {
                self.decref(raised.0);
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }

    pub fn is_subtype(&self, ty: ObjRef, of: ObjRef) -> bool {
        if ty == of {
            return true;
        }
        let mro = self.heap.type_of_type(ty).mro;
        self.heap.tuple(mro).is_some_and(|mro| mro.contains(&of))
    }

    pub fn is_instance(&self, object: ObjRef, of: ObjRef) -> bool {
        self.is_subtype(self.ty(object), of)
    }
}

/// A value that is ready.
pub fn done(value: ObjRef) -> Res {
    Ok(Outcome::Done(value))
}
