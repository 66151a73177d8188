//! The arguments of a request, asked for by name and kind; what has another kind is refused with its name.
//!
//! `{"threadId": "one"}`, where a number is wanted: "threadId must be a number".

use serde_json::Value;

use crate::debugger::evaluate::Question;

/// Arguments, or an object among them.
#[derive(Clone, Copy)]
pub struct Args<'a>(pub &'a Value);

impl<'a> Args<'a> {
    fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn kind<T>(self, name: &str, kind: &str, read: impl FnOnce(&'a Value) -> Option<T>) -> Result<Option<T>, String> {
        self.get(name).map(|value| read(value).ok_or_else(|| format!("{name} must be {kind}"))).transpose()
    }

    pub fn text(self, name: &str) -> Result<Option<&'a str>, String> {
        self.kind(name, "a text", Value::as_str)
    }

    /// A text that isn't empty: editors send `""` where nothing was typed.
    pub fn full_text(self, name: &str) -> Result<Option<&'a str>, String> {
        Ok(self.text(name)?.filter(|text| !text.trim().is_empty()))
    }

    pub fn wanted_text(self, name: &str) -> Result<&'a str, String> {
        self.text(name)?.ok_or_else(|| format!("{name} is missing"))
    }

    pub fn integer(self, name: &str) -> Result<Option<i64>, String> {
        self.kind(name, "a number", |value| value.as_i64().or_else(|| value.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i64)))
    }

    /// A number from 0 on.
    pub fn count(self, name: &str) -> Result<Option<usize>, String> {
        match self.integer(name)? {
            None => Ok(None),
            Some(number) => usize::try_from(number).map(Some).map_err(|_| format!("{name} must not be negative")),
        }
    }

    pub fn wanted_count(self, name: &str) -> Result<usize, String> {
        self.count(name)?.ok_or_else(|| format!("{name} is missing"))
    }

    pub fn flag(self, name: &str) -> Result<bool, String> {
        Ok(self.kind(name, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    pub fn list(self, name: &str) -> Result<&'a [Value], String> {
        Ok(self.kind(name, "a list", Value::as_array)?.map_or(&[], Vec::as_slice))
    }

    pub fn texts(self, name: &str) -> Result<Vec<&'a str>, String> {
        let each = |value: &'a Value| value.as_str().ok_or_else(|| format!("{name} must be a list of texts"));
        self.list(name)?.iter().map(each).collect()
    }

    pub fn object(self, name: &str) -> Result<Option<Args<'a>>, String> {
        self.kind(name, "an object", |value| value.is_object().then_some(Args(value)))
    }

    pub fn question(self, name: &str) -> Result<Option<Question>, String> {
        self.full_text(name)?.map(Question::new).transpose()
    }

    /// An address, as [`address`] writes it.
    pub fn address(self, name: &str) -> Result<i64, String> {
        let text = self.wanted_text(name)?;
        let hex = text.strip_prefix("0x").or(text.strip_prefix("0X"));
        let number = hex.map_or_else(|| text.parse(), |hex| i64::from_str_radix(hex, 16));
        number.ok().filter(|&number| number >= 0).ok_or_else(|| format!("{name}: `{text}` is no address"))
    }
}

/// The address of an instruction, as editors hold it.
pub fn address(unit: u32) -> String {
    format!("{unit:#010x}")
}
