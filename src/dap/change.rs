//! Changes of the run: a value set in the editor, a line jumped to. Each begins a new future, recorded with the run.
//!
//! The editor's own gesture is the consent: what was recorded after this instant is forgotten.

use serde_json::{Value, json};

use super::{
    adapter::Adapter,
    inspect::{Container, type_of},
    message::Args,
    requests::{Outcome, Then},
};
use crate::{
    debugger::{command::Command, engine::Engine, session::editor::Asked, timeline::change::Change},
    view::Scope,
};

impl Adapter {
    fn change(&mut self, change: Change) -> Result<(), String> {
        if !self.may_move() {
            return Err("the program is running".into());
        }
        let command = Command::Yes(Some(Box::new(Command::Change(change))));
        self.session_mut()?.execute(&command).error.map_or(Ok(()), Err)
    }

    /// Assigns, and tells the value that is there then.
    fn assign(&mut self, target: &str, value: &str, id: usize) -> Outcome {
        let frame = self.turn_to_frame(id)?;
        self.change(Change::Assign { text: format!("{target} = {value}"), frame })?;
        let mut said = json!({"variablesReference": 0});
        match self.session()?.ask(target, frame, 200)? {
            Asked::Object(value, parts) => {
                said["value"] = value.text.as_str().into();
                said["type"] = type_of(&value).into();
                self.add_parts(&mut said, &value, parts, id, Some(target.to_owned()));
            }
            Asked::Text { text, .. } => said["value"] = text.into(),
        }
        Ok((said, Then::Nothing))
    }
}

pub fn set_variable(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let (reference, name) = (args.wanted_count("variablesReference")?, args.wanted_text("name")?);
    let value = args.wanted_text("value")?;
    let (frame, target) = match adapter.container_of(reference)? {
        Container::Scope { frame, scope: Scope::Globals } => (*frame, Some(format!("globals()['{name}']"))),
        Container::Scope { scope: Scope::Builtins, .. } | Container::Stack { .. } => (1, None),
        Container::Scope { frame, .. } => (*frame, Some(name.to_owned())),
        Container::Object { frame, .. } => (*frame, adapter.expression_of(reference, name)?),
    };
    let target = target.ok_or_else(|| format!("{name} can't be set: no assignment leads there"))?;
    adapter.assign(&target, value, frame)
}

pub fn set_expression(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let id = args.count("frameId")?.unwrap_or(1);
    adapter.assign(args.wanted_text("expression")?, args.wanted_text("value")?, id)
}

/// The line itself, if there is code on it.
pub fn goto_targets(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let file = adapter.file_of(args)?;
    let line = args.wanted_count("line")? + 1 - adapter.client.first_line();
    let lines = adapter.session()?.code_lines(&file);
    let found = lines.into_iter().filter(|&it| it as usize == line);
    let targets: Vec<Value> =
        found.map(|line| json!({"id": line, "label": format!("line {line}"), "line": adapter.client.line(line)})).collect();
    Ok((json!({"targets": targets}), Then::Nothing))
}

pub fn goto(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let line = u32::try_from(args.wanted_count("targetId")?).map_err(|_| "there is no such target")?;
    adapter.change(Change::Jump(line))?;
    Ok((Value::Null, Then::Stopped("goto")))
}
