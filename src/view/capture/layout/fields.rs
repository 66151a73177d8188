//! The fields behind refcount and type, by kind of object.
//!
//! ```python
//! x = 2**40        # ob_size 2, ob_digit[0] 0, ob_digit[1] 1024
//! ```

use super::Sheet;
use crate::{
    heap::ObjRef,
    num::BigInt,
    objects::{
        Body, Objects,
        core_types::*,
        exception::{Exception, field_names},
        generator::GeneratorState,
        int::to_big_int,
        iter::{Iter, RangeIter},
        list,
        types::Type,
    },
    text::PyStr,
    view::layout::Part,
};

/// How many characters or bytes one field shows.
const RUN: usize = 16;

impl Sheet<'_> {
    pub(super) fn fields(&mut self, object: ObjRef, ty: &Type) {
        let vm = self.vm;
        let num = vm.heap.slot(object).num;
        match vm.heap.body(object) {
            Body::None | Body::BigInt(_) if matches!(ty.solid_base, INT | BOOL) => self.digits(&to_big_int(&vm.heap, object)),
            Body::None if ty.solid_base == FLOAT => self.number(16, "ob_fval", crate::num::float_text::repr(f64::from_bits(num))),
            Body::Complex(parts) => {
                self.number(16, "cval.real", crate::num::float_text::repr(parts.0));
                self.number(24, "cval.imag", crate::num::float_text::repr(parts.1));
            }
            Body::Str(text) => self.str_fields(object, text, ty.is_heap),
            Body::Bytes(bytes) => {
                self.size(bytes.len());
                self.hash(24, "ob_shash", num);
                self.bytes(32, "ob_sval", bytes);
            }
            Body::ByteArray(bytes) => {
                self.size(bytes.len());
                self.number(24, "ob_alloc", if bytes.is_empty() { 0 } else { bytes.len() + 1 });
                for (offset, name) in [(32, "ob_bytes"), (40, "ob_start")] {
                    self.plain(Part::Field, offset, 8, name, if bytes.is_empty() { "NULL" } else { "the bytes" });
                }
                self.number(48, "ob_exports", "");
            }
            Body::Tuple(items) => {
                self.size(items.len());
                self.items(24, "ob_item", items);
            }
            Body::List(items) => {
                self.size(items.len());
                self.plain(Part::Field, 24, 8, "ob_item", if list::block(num) == 0 { "NULL" } else { "the items" });
                self.number(32, "allocated", list::allocated(num) as i64);
            }
            Body::Dict(dict) => self.dict_fields(dict),
            Body::Set(set) => self.set_fields(set, num),
            Body::Slice(parts) => self.refer_to(16, &["start", "stop", "step"], parts.map(Some)),
            Body::Range(parts) => self.refer_to(16, &["start", "stop", "step", "length"], parts.map(Some)),
            Body::Cell(content) => self.refers(Part::Field, 16, "ob_ref", *content),
            Body::Function(f) => {
                const NAMES: [&str; 10] = [
                    "func_globals",
                    "func_builtins",
                    "func_name",
                    "func_qualname",
                    "func_code",
                    "func_defaults",
                    "func_kwdefaults",
                    "func_closure",
                    "func_doc",
                    "func_dict",
                ];
                let must = [f.globals, f.builtins, f.name, f.qualname, f.code].map(Some);
                let may = [f.defaults, f.kwdefaults, f.closure, Some(f.doc), f.dict];
                self.refer_to(16, &NAMES, must.into_iter().chain(may));
                self.number(96, "func_weakreflist", "");
                self.refer_to(104, &["func_module", "func_annotations"], [f.module, f.annotations]);
                self.number(120, "vectorcall", "");
                self.plain(Part::Field, 128, 4, "func_version", "");
            }
            Body::Method(parts) => {
                self.refer_to(16, &["im_func", "im_self"], parts.map(Some));
                self.number(32, "im_weakreflist", "");
                self.number(40, "vectorcall", "");
            }
            Body::Native(native) if ty.basic_size == 56 && native.owner.is_none() => {
                self.number(16, "m_ml", native.name);
                self.refer_to(24, &["m_self", "m_module"], [native.this, native.module]);
                self.number(40, "m_weakreflist", "");
                self.number(48, "vectorcall", "");
            }
            Body::Native(native) => {
                self.refers(Part::Field, 16, "d_type", native.owner.or(native.this));
                self.number(24, "d_name", native.name);
            }
            Body::Module(_) => self.number(16, "md_dict", ""),
            Body::Exception(exception) => self.exception(object, exception),
            Body::Traceback(traceback) => {
                self.refer_to(16, &["tb_next", "tb_frame"], [traceback.next, Some(traceback.frame)]);
                self.plain(Part::Field, 32, 4, "tb_lasti", traceback.lasti.to_string());
                self.plain(Part::Field, 36, 4, "tb_lineno", traceback.lineno.to_string());
            }
            Body::Generator(generator) => {
                self.refers(Part::Field, 16, "gi_code", Some(generator.code));
                self.number(24, "gi_weakreflist", "");
                self.refer_to(32, &["gi_name", "gi_qualname"], [Some(generator.name), Some(generator.qualname)]);
                self.refers(Part::Field, 48, "gi_exc_state.exc_value", generator.handled);
                let slots = generator.suspended().map_or(&[][..], |suspended| suspended.slots);
                let state = match generator.state {
                    GeneratorState::Suspended { started: true } => "suspended",
                    GeneratorState::Suspended { started: false } => "created",
                    GeneratorState::Running => "running",
                    GeneratorState::Finished => "completed",
                };
                self.plain(Part::Field, 75, 1, "gi_frame_state", state);
                for (i, &slot) in slots.iter().enumerate() {
                    self.refers(Part::Item, 152 + 8 * i as i64, &format!("localsplus[{i}]"), slot);
                }
            }
            Body::Frame(frame) => {
                self.refers(Part::Field, 16, "f_back", frame.back);
                self.refers(Part::Field, 56, "f_globals", Some(frame.globals));
                self.refers(Part::Field, 64, "f_builtins", Some(frame.builtins));
                self.refers(Part::Field, 80, "f_code", Some(frame.code));
            }
            Body::Code(code) => self.code(code),
            Body::Type(record) => self.type_fields(record),
            Body::SeqIter(seq) => {
                self.number(16, "it_index", num as i64);
                self.refers(Part::Field, 24, "it_seq", *seq);
            }
            Body::RangeIter(iter) => self.range_iter(iter),
            Body::DictIter(iter) => {
                self.refers(Part::Field, 16, "di_dict", iter.dict);
                self.number(24, "di_used", iter.used);
                self.number(32, "di_pos", iter.position);
                self.refers(Part::Field, 40, "di_result", iter.result);
                self.number(48, "len", iter.left);
            }
            Body::Iter(iter) => self.iter(iter),
            Body::WeakRef(weak) => {
                self.refer_to(16, &["wr_object", "wr_callback"], [weak.referent, weak.callback]);
                self.number(32, "hash", weak.hash.unwrap_or(-1));
            }
            Body::Fields(fields) => {
                let names: &[&str] = match ty.solid_base {
                    PROPERTY => &["prop_get", "prop_set", "prop_del", "prop_doc", "prop_name", "getter_doc"],
                    STATICMETHOD => &["sm_callable", "sm_dict"],
                    CLASSMETHOD => &["cm_callable", "cm_dict"],
                    SUPER => &["type", "obj", "obj_type"],
                    MEMBER_DESCRIPTOR | GETSET_DESCRIPTOR => &["d_type", "d_name"],
                    MAPPINGPROXY => &["mapping"],
                    DICT_KEYS | DICT_VALUES | DICT_ITEMS => &["dv_dict"],
                    GENERIC_ALIAS => &["origin", "args", "parameters"],
                    UNION_TYPE => &["args", "parameters"],
                    _ => &[],
                };
                self.refer_to(16, names, fields.iter().copied());
            }
            _ => {}
        }
    }

    fn size(&mut self, len: usize) {
        self.plain(Part::Head, 16, 8, "ob_size", len.to_string());
    }

    pub(super) fn hash(&mut self, offset: i64, name: &str, num: u64) {
        let text = if num == 0 { "-1, not computed yet".to_owned() } else { (num as i64).to_string() };
        self.plain(Part::Field, offset, 8, name, text);
    }

    fn digits(&mut self, value: &BigInt) {
        let mut digits: Vec<u64> = Vec::new();
        let (mut bits, mut held) = (0u128, 0);
        for word in value.iter_u64_digits() {
            bits |= u128::from(word) << held;
            held += 64;
            while held >= 30 {
                digits.push(bits as u64 & 0x3fff_ffff);
                bits >>= 30;
                held -= 30;
            }
        }
        digits.push(bits as u64);
        while digits.len() > 1 && digits.last() == Some(&0) {
            digits.pop();
        }
        let sign = if *value < BigInt::ZERO { "-" } else { "" };
        let len = if digits == [0] { 0 } else { digits.len() };
        self.plain(Part::Head, 16, 8, "ob_size", format!("{sign}{len}"));
        for (i, digit) in digits.iter().take(super::MOST_ITEMS).enumerate() {
            self.plain(Part::Item, 24 + 4 * i as i64, 4, &format!("ob_digit[{i}]"), digit.to_string());
        }
        self.block.more += digits.len().saturating_sub(super::MOST_ITEMS);
    }

    fn bytes(&mut self, offset: i64, name: &str, bytes: &[u8]) {
        for (i, run) in bytes.chunks(RUN).take(super::MOST_ITEMS).enumerate() {
            let text = crate::text::repr::bytes_repr(run);
            self.plain(Part::Item, offset + (RUN * i) as i64, run.len() as u32, &format!("{name}[{}]", RUN * i), text);
        }
    }

    fn str_fields(&mut self, object: ObjRef, text: &PyStr, derived: bool) {
        let vm = self.vm;
        self.number(16, "length", text.len());
        self.hash(24, "hash", crate::view::capture::text::known_hash(vm, object));
        let interned = if vm.interned.is_interned(object) { "interned" } else { "not interned" };
        let ascii = if text.is_ascii() { ", ascii" } else { "" };
        let compact = if derived { "" } else { ", compact" };
        self.plain(Part::Field, 32, 4, "state", format!("{interned}, kind {}{compact}{ascii}", text.kind()));
        self.number(40, "wstr", "NULL");
        let mut offset = 48;
        if derived || !text.is_ascii() {
            self.number(48, "utf8_length", "");
            self.number(56, "utf8", "");
            self.number(64, "wstr_length", "");
            offset = 72;
        }
        if derived {
            self.number(72, "data", "the characters");
            return;
        }
        let kind = text.kind();
        let mut at = 0;
        while at < text.len() && at < RUN * super::MOST_ITEMS {
            let end = (at + RUN).min(text.len());
            let run = crate::text::repr::str_repr(&text.slice(at, end)).to_string_lossy();
            self.plain(Part::Item, offset + (kind * at) as i64, (kind * (end - at)) as u32, &format!("data[{at}]"), run);
            at = end;
        }
        if at == text.len() {
            self.plain(Part::Spare, offset + (kind * at) as i64, kind as u32, "", "0 at the end");
        }
    }

    fn exception(&mut self, object: ObjRef, exception: &Exception) {
        let vm = self.vm;
        self.plain(Part::Field, 16, 8, "dict", "");
        self.refers(Part::Field, 24, "args", Some(exception.args));
        self.number(32, "notes", "");
        let parts = [exception.traceback, exception.context, exception.cause];
        self.refer_to(40, &["traceback", "context", "cause"], parts);
        self.plain(Part::Field, 64, 1, "suppress_context", exception.suppress_context.to_string());
        let solid = vm.heap.type_of_type(vm.heap.type_of_type(vm.ty(object)).solid_base);
        self.refer_to(72, field_names(&solid.name), exception.fields.iter().copied());
    }

    fn code(&mut self, code: &crate::objects::code::Code) {
        let data = &code.code;
        self.number(16, "ob_size", data.code.len() / 2);
        let ints: [(i64, &str, i64); 6] = [
            (48, "co_flags", data.flags.into()),
            (56, "co_argcount", data.argcount.into()),
            (60, "co_posonlyargcount", data.posonlyargcount.into()),
            (64, "co_kwonlyargcount", data.kwonlyargcount.into()),
            (68, "co_stacksize", code.stacksize.into()),
            (76, "co_nlocalsplus", code.nlocalsplus.into()),
        ];
        for (offset, name, value) in ints {
            self.plain(Part::Field, offset, 4, name, value.to_string());
        }
        self.plain(Part::Field, 72, 4, "co_firstlineno", data.firstlineno.to_string());
        self.refers(Part::Field, 24, "co_consts", Some(code.consts));
        self.refers(Part::Field, 32, "co_names", Some(code.names));
        self.refers(Part::Field, 96, "co_localsplusnames", Some(code.localsplusnames));
        self.refers(Part::Field, 112, "co_filename", Some(code.filename));
        self.refers(Part::Field, 120, "co_name", Some(code.name));
        self.refers(Part::Field, 128, "co_qualname", Some(code.qualname));
        self.plain(Part::Item, 184, data.code.len() as u32, "co_code_adaptive", format!("{} code units", data.code.len() / 2));
    }

    fn type_fields(&mut self, record: &Type) {
        self.number(24, "tp_name", &record.name);
        self.number(32, "tp_basicsize", record.basic_size);
        self.number(40, "tp_itemsize", record.item_size);
        self.refers(Part::Field, 256, "tp_base", record.base);
        self.refers(Part::Field, 264, "tp_dict", Some(record.dict));
        self.refers(Part::Field, 336, "tp_bases", Some(record.bases));
        self.refers(Part::Field, 344, "tp_mro", Some(record.mro));
        self.refers(Part::Field, 360, "tp_subclasses", record.subclasses);
    }

    fn range_iter(&mut self, iter: &RangeIter) {
        const NAMES: [&str; 4] = ["index", "start", "step", "len"];
        match iter {
            RangeIter::Small { next, step, left, total } => {
                let values = [(total - left).to_string(), next.to_string(), step.to_string(), total.to_string()];
                for (i, (name, value)) in NAMES.into_iter().zip(values).enumerate() {
                    self.number(16 + 8 * i as i64, name, value);
                }
            }
            RangeIter::Long(parts) => self.refer_to(16, &NAMES, parts.map(Some)),
        }
    }

    fn iter(&mut self, iter: &Iter) {
        match iter {
            Iter::Set { set, used, slot } => {
                self.refers(Part::Field, 16, "si_set", *set);
                self.number(24, "si_used", used);
                self.number(32, "si_pos", slot);
            }
            Iter::Map { func, iters } => {
                self.refer_to(16, &["iters", "func"], [Some(*iters), Some(*func)]);
            }
            Iter::Filter { func, iter } => self.refer_to(16, &["func", "it"], [Some(*func), Some(*iter)]),
            Iter::Zip { iters, result, strict } => {
                self.number(16, "tuplesize", self.vm.heap.tuple(*iters).map_or(0, <[ObjRef]>::len));
                self.refer_to(24, &["ittuple", "result"], [Some(*iters), Some(*result)]);
                self.plain(Part::Field, 40, 4, "strict", strict.to_string());
            }
            Iter::Enumerate { iter, next, result } => {
                self.number(16, "en_index", next);
                self.refer_to(24, &["en_sit", "en_result"], [Some(*iter), Some(*result)]);
            }
            Iter::Reversed { seq, next } => {
                self.number(16, "index", next);
                self.refers(Part::Field, 24, "seq", *seq);
            }
            Iter::Callable { func, sentinel } => self.refer_to(16, &["it_callable", "it_sentinel"], [*func, Some(*sentinel)]),
            Iter::GetItem { seq, next } => {
                self.number(16, "it_index", next);
                self.refers(Part::Field, 24, "it_seq", *seq);
            }
        }
    }
}
