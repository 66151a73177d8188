//! Sources and disassembly. A file that lies on no disk here (`<string>`, a program of another machine) is given by a
//! number, and its text comes from the machine.

use std::path::Path;

use serde_json::{Value, json};

use super::{
    adapter::Adapter,
    message::{Args, address},
    requests::{Outcome, Then},
};

/// At most so many instructions at a time.
const MOST: usize = 10_000;

impl Adapter {
    /// A file as the editor can open it.
    pub fn source_of(&mut self, file: &str) -> Value {
        let name = file.rsplit('/').next().unwrap_or(file);
        if Path::new(file).is_file() {
            return json!({"name": name, "path": self.client.path(file)});
        }
        if self.session.as_ref().and_then(|session| session.source(file)).is_none() {
            return json!({"name": name, "path": file, "presentationHint": "deemphasize"});
        }
        let number = self.references.iter().position(|it| it == file).unwrap_or_else(|| {
            self.references.push(file.to_owned());
            self.references.len() - 1
        });
        json!({"name": name, "path": file, "sourceReference": number + 1, "origin": "from the debugged program"})
    }

    /// The file that an argument `source` names.
    pub fn file_of(&self, args: Args<'_>) -> Result<String, String> {
        let source = args.object("source")?.ok_or("source is missing")?;
        match (source.count("sourceReference")?.filter(|&number| number > 0), source.text("path")?) {
            (Some(number), _) => self.references.get(number - 1).cloned().ok_or_else(|| format!("there is no source {number}")),
            (None, Some(path)) => Ok(self.client.read_path(path)),
            (None, None) => source.text("name")?.map(str::to_owned).ok_or_else(|| "source has no path".into()),
        }
    }
}

pub fn source(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let file = match (args.object("source")?, args.count("sourceReference")?.filter(|&number| number > 0)) {
        (_, Some(number)) => adapter.references.get(number - 1).cloned().ok_or_else(|| format!("there is no source {number}"))?,
        (Some(_), None) => adapter.file_of(args)?,
        (None, None) => return Err("source is missing".into()),
    };
    let text = adapter.session()?.source(&file).ok_or_else(|| format!("{file} is no source of this program"))?;
    Ok((json!({"content": text.lines.join("\n") + "\n", "mimeType": "text/x-python"}), Then::Nothing))
}

pub fn loaded_sources(adapter: &mut Adapter, _: Args<'_>) -> Outcome {
    let files = adapter.session()?.sources();
    let sources: Vec<Value> = files.iter().map(|file| adapter.source_of(file)).collect();
    Ok((json!({"sources": sources}), Then::Nothing))
}

pub fn disassemble(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let count = args.wanted_count("instructionCount")?;
    if count > MOST {
        return Err(format!("instructionCount must be at most {MOST}"));
    }
    let from = args.address("memoryReference")?;
    let shift = args.integer("offset")?.unwrap_or(0).saturating_add(args.integer("instructionOffset")?.unwrap_or(0));
    let from = from.saturating_add(shift);
    let mut said = Vec::new();
    let mut last_line = None;
    for (index, found) in adapter.session()?.disassemble(from, count).into_iter().enumerate() {
        let Some(found) = found else {
            let at = from.saturating_add(index as i64);
            let at = if at < 0 { format!("-{:#010x}", at.unsigned_abs()) } else { format!("{at:#010x}") };
            said.push(json!({"address": at, "instruction": "(nothing)", "presentationHint": "invalid"}));
            continue;
        };
        let mut row = json!({"address": address(found.address), "instruction": found.text, "instructionBytes": found.bytes});
        if let Some(symbol) = found.symbol {
            row["symbol"] = symbol.into();
        }
        if let Some(line) = found.place.line {
            let mut place = json!({});
            adapter.add_place(&mut place, &found.place);
            for name in ["line", "column", "endLine", "endColumn"] {
                row[name] = place[name].take();
            }
            // The file stands where it changes.
            if last_line.as_ref().is_none_or(|(file, _)| *file != found.place.file) {
                row["location"] = place["source"].take();
            }
            last_line = Some((found.place.file, line));
        }
        said.push(row);
    }
    Ok((json!({"instructions": said}), Then::Nothing))
}
