//! Instants of a run by what happens there, as lessons name them.
//!
//! ```text
//!   op BINARY_OP line 3          before that instruction        2nd op CALL in f
//!   line 9                       where the line begins          call f, return f
//!   output "freed"               that text was written          raise KeyError, gc, free Noisy
//!   after op STORE_NAME line 6   when it has run                end, start, step 40
//!   op CALL if refcount(a) > 2   only where that is true        when depth == 3
//! ```
//!
//! The places are those of `break`; conditions may use the names of [`super::goal`].

use crate::debugger::{
    breakpoints::Target,
    command::{self, Command, Place, WantedTarget},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// As it is written.
    pub text: String,
    /// The how-manieth time.
    pub nth: u64,
    /// One instruction later.
    pub after: bool,
    pub place: MomentPlace,
    /// Only on this line.
    pub line: Option<u32>,
    /// Only where this is true.
    pub condition: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum MomentPlace {
    /// Before the first instruction.
    Start,
    /// Before the last instruction of all: where the names are still there.
    End,
    /// A breakpoint's.
    At(WantedTarget),
    /// The first instant where the condition is true.
    When,
}

impl Moment {
    /// # Errors
    ///
    /// A sentence that says what to write.
    pub fn read(text: &str) -> Result<Moment, String> {
        let mut rest = text.trim();
        let after = match rest.strip_prefix("after ") {
            Some(other) => {
                rest = other.trim_start();
                true
            }
            None => false,
        };
        let mut nth = 1;
        if let Some((word, other)) = rest.split_once(' ')
            && let Some(number) = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).and_then(|word| word.parse().ok())
        {
            (nth, rest) = (number, other.trim_start());
        }
        if nth == 0 {
            return Err("there is no 0th time; the first is 1st".into());
        }
        let moment = |place, line, condition: Option<&str>| Moment {
            text: text.trim().to_owned(),
            nth,
            after,
            place,
            line,
            condition: condition.map(str::to_owned),
        };
        if let Some(condition) = rest.strip_prefix("when ") {
            expression(condition)?;
            return Ok(moment(MomentPlace::When, None, Some(condition.trim())));
        }
        let (place, condition) = match rest.split_once(" if ") {
            Some((place, condition)) => {
                expression(condition)?;
                (place.trim(), Some(condition.trim()))
            }
            None => (rest, None),
        };
        match place {
            "start" => return Ok(moment(MomentPlace::Start, None, condition)),
            "end" => return Ok(moment(MomentPlace::End, None, condition)),
            "" => return Err(format!("there is nothing; {EXAMPLES}")),
            _ => {}
        }
        let (place, line) = match place.rsplit_once(" line ") {
            Some((place, number)) => {
                (place.trim(), Some(number.trim().parse().map_err(|_| format!("`line {number}`: which line? {EXAMPLES}"))?))
            }
            None => (place, None),
        };
        let target = match place.split_once(char::is_whitespace).map_or((place, ""), |(kind, rest)| (kind, rest.trim())) {
            ("line", number) => {
                let line = number.parse().map_err(|_| format!("`{place}`: which line? {EXAMPLES}"))?;
                WantedTarget::Line(Place { file: None, line })
            }
            ("call", function) if !function.is_empty() => WantedTarget::Target(Target::Function(function.to_owned())),
            ("return", function) if !function.is_empty() => {
                WantedTarget::Target(Target::Opcode { name: "RETURN_VALUE".into(), function: Some(function.to_owned()) })
            }
            (kind, other) => {
                let spec = if kind == "opcode" { format!("op {other}") } else { place.to_owned() };
                match command::parse(&format!("break {spec}")) {
                    Ok(Command::Break { target: WantedTarget::Target(Target::Function(name)), .. }) => {
                        return Err(format!("`{name}`: is it a function? then write `call {name}`; {EXAMPLES}"));
                    }
                    Ok(Command::Break { target, condition: None, .. }) if target != WantedTarget::Cursor => target,
                    Ok(_) => return Err(format!("`{place}` is no moment; {EXAMPLES}")),
                    Err(error) => return Err(format!("{error}; {EXAMPLES}")),
                }
            }
        };
        Ok(moment(MomentPlace::At(target), line, condition))
    }
}

const EXAMPLES: &str = "a moment is for example `op BINARY_OP line 3`, `line 9`, `call f`, `2nd op CALL in f`, `after op STORE_NAME line 6`, `output \"text\"`, `end`";

fn expression(text: &str) -> Result<(), String> {
    crate::debugger::evaluate::Question::new(text.trim()).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading() {
        let moment = Moment::read("after 2nd op BINARY_OP in f line 3 if refcount(x) == 2").unwrap();
        assert_eq!((moment.nth, moment.after, moment.line), (2, true, Some(3)));
        assert_eq!(moment.condition.as_deref(), Some("refcount(x) == 2"));
        assert!(matches!(moment.place, MomentPlace::At(WantedTarget::Target(Target::Opcode { .. }))));
        assert!(Moment::read("op BINRY_OP").unwrap_err().contains("BINARY_OP"));
        assert!(Moment::read("line x").is_err() && Moment::read("").is_err() && Moment::read("0th line 3").is_err());
        assert!(Moment::read("f").unwrap_err().contains("call f"));
    }
}
