//! `str.encode`, and `bytes.decode`: arguments, and failures as UnicodeError objects.
//!
//! `"é".encode()` is `b'\xc3\xa9'`. Counterpart in CPython 3.11: `PyUnicode_AsEncodedString`, `PyUnicode_FromEncodedObject`.

use std::sync::Arc;

use super::held;
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::_codecs::{self, Goal},
    text::{
        PyStr, TextError,
        codec::{self, CodecError, Encoding, Fault, Handler},
    },
    vm::{
        Raised, Res, Vm,
        native::{NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![NativeDef::method("encode", Signature::Named("encoding='utf-8', errors='strict'"), |vm, args| {
        let (encoding, errors) = names(vm, "encode", args.get(vm, 1), args.get(vm, 2))?;
        if Encoding::lookup(&encoding).is_none() {
            let object = args.at(vm, 0);
            return _codecs::start(vm, Goal::EncodeText, encoding, Some(object), Some(errors));
        }
        let text = held(vm, args);
        let bytes = encode(vm, args.at(vm, 0), &text, &encoding, &errors)?;
        done(vm.new_bytes(bytes))
    })]
}

/// The names of an encoding and an error handler.
pub fn names(vm: &mut Vm, function: &str, encoding: Option<ObjRef>, errors: Option<ObjRef>) -> Result<(String, String), Raised> {
    let encoding = match encoding {
        Some(encoding) => c_text(vm, encoding, &format!("{function}() argument 'encoding'"))?,
        None => "utf-8".to_string(),
    };
    let errors = match errors {
        Some(errors) => c_text(vm, errors, &format!("{function}() argument 'errors'"))?,
        None => "strict".to_string(),
    };
    Ok((encoding, errors))
}

/// A text that becomes a C string.
fn c_text(vm: &mut Vm, object: ObjRef, what: &str) -> Result<String, Raised> {
    let text = convert::text(vm, object, what)?;
    encode(vm, object, &text, "utf-8", "strict")?;
    let text = text.to_string_lossy();
    if text.contains('\0') { Err(vm.value_error("embedded null character")) } else { Ok(text) }
}

fn lookup(vm: &mut Vm, encoding: &str) -> Result<Encoding, Raised> {
    Encoding::lookup(encoding).ok_or_else(|| vm.text_error(codec::unknown_encoding(encoding)))
}

/// `text.encode(encoding, errors)`; `object` is the str object, for the exception.
pub fn encode(vm: &mut Vm, object: ObjRef, text: &Arc<PyStr>, encoding: &str, errors: &str) -> Result<Vec<u8>, Raised> {
    let found = lookup(vm, encoding)?;
    let Some(handler) = Handler::named(errors) else {
        // It may be one of the program's own. An unknown one matters only where there is a fault.
        return _codecs::encode(vm, object, text, found, errors);
    };
    codec::encode(text, found, handler).map_err(|error| match error {
        CodecError::Encode(fault) | CodecError::Decode(fault) => unicode_error(vm, UNICODE_ENCODE_ERROR, object, fault),
        CodecError::Other(error) => handler_failed(vm, encoding, false, error),
    })
}

/// `data.decode(encoding, errors)` of a bytes or bytearray object.
pub fn decode(vm: &mut Vm, object: ObjRef, encoding: &str, errors: &str) -> Res {
    let data = vm.heap.buffer(object).unwrap_or_default().into_owned();
    if data.is_empty() {
        return done(vm.new_str("")); // whatever the encoding
    }
    let Some(found) = Encoding::lookup(encoding) else {
        return _codecs::start(vm, Goal::DecodeText, encoding.to_string(), Some(object), Some(errors.to_string()));
    };
    let Some(handler) = Handler::named(errors) else {
        let (text, _) = _codecs::decode(vm, &data, found, errors, true)?;
        return done(vm.new_str(text));
    };
    match codec::decode(&data, found, handler) {
        Ok(text) => done(vm.new_str(text)),
        Err(CodecError::Decode(fault) | CodecError::Encode(fault)) => {
            let data = vm.new_bytes(codec::decoded_object(&data, found).to_vec());
            let raised = unicode_error(vm, UNICODE_DECODE_ERROR, data, fault);
            vm.decref(data);
            Err(raised)
        }
        Err(CodecError::Other(error)) => Err(handler_failed(vm, encoding, true, error)),
    }
}

/// An error handler's own error, as it is or as the cause of one that names the codec.
fn handler_failed(vm: &mut Vm, encoding: &str, decoding: bool, error: TextError) -> Raised {
    let outer = codec::wrapped_error(encoding, decoding, &error);
    let raised = vm.text_error(error);
    let Some(outer) = outer else { return raised };
    let ty = vm.ty(raised.0);
    vm.raise_from(ty, outer.message, raised)
}

/// A UnicodeError over the str or bytes that could not be converted.
pub fn unicode_error(vm: &mut Vm, ty: ObjRef, object: ObjRef, fault: Fault) -> Raised {
    let parts = [vm.new_str(fault.encoding), vm.own(object), vm.new_usize(fault.start), vm.new_usize(fault.end), vm.new_str(fault.reason)];
    let args = vm.new_tuple(parts);
    vm.raise_args(ty, args)
}
