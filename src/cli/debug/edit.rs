//! The user's editor, in the terminal that the screen has left.

use std::process::Command;

/// Lets the user edit a file, at a line, with `$VISUAL`, `$EDITOR` or `vi`.
///
/// # Errors
///
/// There is no such editor, or it failed.
pub fn edit(file: &str, line: Option<u32>) -> Result<(), String> {
    let editor = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok()).find(|it| !it.trim().is_empty());
    let editor = editor.unwrap_or_else(|| "vi".into());
    // An editor may come with arguments: `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Command::new(program);
    command.args(words);
    let name = program.rsplit('/').next().unwrap_or(program);
    if let (Some(line), true) = (line, ["vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "mg"].contains(&name)) {
        command.arg(format!("+{line}"));
    }
    // A file may be called `-x.py`.
    let file = if file.starts_with('-') { format!("./{file}") } else { file.to_owned() };
    match command.arg(&file).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{editor}: {status}")),
        Err(error) => Err(format!("{editor}: {error}; EDITOR names another one")),
    }
}
