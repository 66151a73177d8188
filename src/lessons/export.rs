//! A lesson as a handout: the text, the program, the questions, a picture of the screen where each step begins; with answers
//! and the pictures of where steps end, or without.
//!
//! Whoever asks for it brings the pictures: nothing here draws.

mod html; // Markdown to a page

use super::{
    format::{Lesson, Step, StepKind, Truth},
    scout::Scout,
};

/// What a handout is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Markdown,
    Html,
}

/// Where a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    Start,
    End,
}

/// A picture of the screen in a step: text for Markdown, SVG for a page. `None`: there is none.
pub type Draw<'a> = dyn FnMut(usize, Where) -> Option<String> + 'a;

/// Writes a handout.
///
/// # Errors
///
/// The program does not compile.
pub fn handout(lesson: &Lesson, form: Form, answers: bool, draw: &mut Draw<'_>) -> Result<String, String> {
    let mut scout = Scout::new(lesson).map_err(|(line, error)| format!("{}/{}:{line}: {error}", lesson.place, lesson.program_file()))?;
    let mut out = Out { form, text: String::new(), last: String::new() };
    out.markdown(&format!("# {}. {}\n", lesson.number, lesson.title));
    if !lesson.goals.is_empty() {
        let goals: String = lesson.goals.iter().map(|goal| format!("- {goal}\n")).collect();
        out.markdown(&format!("{} minutes. After it you can:\n\n{goals}", lesson.minutes));
    }
    out.markdown(&format!("The program:\n\n```python\n{}\n```\n", lesson.program.trim_end()));
    for (index, step) in lesson.steps.iter().enumerate() {
        out.markdown(&format!("## {}. {}\n\n{}\n", index + 1, step.heading, step.text));
        if step.at.is_some() || !matches!(step.kind, StepKind::Read) {
            out.picture(draw(index, Where::Start));
        }
        question(&mut out, step);
        if answers {
            answer(&mut out, lesson, &mut scout, index, step);
            if !matches!(step.kind, StepKind::Read) {
                out.picture(draw(index, Where::End));
            }
        }
    }
    Ok(match form {
        Form::Markdown => out.text,
        Form::Html => html::page(&format!("{}. {}", lesson.number, lesson.title), &out.text),
    })
}

struct Out {
    form: Form,
    text: String,
    /// The picture that came last: the same again says nothing.
    last: String,
}

impl Out {
    fn markdown(&mut self, text: &str) {
        match self.form {
            Form::Markdown => {
                let text = without_own_links(text);
                // What could act on a terminal is written out.
                self.text.extend(text.lines().flat_map(|line| [crate::text::visible::clean(line), "\n".into()]));
                self.text.push('\n');
            }
            Form::Html => self.text += &html::of(text),
        }
    }

    fn picture(&mut self, picture: Option<String>) {
        let Some(picture) = picture.filter(|picture| *picture != self.last) else { return };
        self.text += &match self.form {
            Form::Markdown => format!("```text\n{}\n```\n\n", picture.trim_end()),
            Form::Html => format!("<figure>{picture}</figure>\n"),
        };
        self.last = picture;
    }
}

/// Links to cards and lessons lead nowhere on paper: their text stays.
fn without_own_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = ["](card:", "](lesson:"].iter().filter_map(|mark| rest.find(mark)).min() {
        let (before, after) = rest.split_at(at);
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        out += &before[..open];
        out += &before[open + 1..];
        rest = &after[close + 1..];
    }
    out + rest
}

fn question(out: &mut Out, step: &Step) {
    match &step.kind {
        StepKind::Read => {}
        StepKind::Do => out.markdown("*Your turn.*\n"),
        StepKind::Predict { question, truth } => {
            let choices: String = match truth {
                Truth::Choices(choices) => {
                    choices.iter().zip('a'..).map(|(choice, letter)| format!("- **{letter}** {}\n", choice.text)).collect()
                }
                Truth::Value { .. } => "Answer: ________\n".into(),
            };
            out.markdown(&format!("**{question}**\n\n{choices}"));
        }
        StepKind::Reach { par, .. } => {
            let par = par.map_or(String::new(), |par| format!(" Par: {par}."));
            out.markdown(&format!("*Your turn.*{par}\n"));
        }
        StepKind::Edit { .. } => out.markdown("*Your turn: change the program.*\n"),
        StepKind::Order { question, items } => {
            let items: String = items.iter().zip('a'..).map(|(item, letter)| format!("- **{letter}** {}\n", item.text)).collect();
            out.markdown(&format!("**{question}**\n\n{items}\nOrder: ________\n"));
        }
    }
}

/// The answer as the machine says it.
fn answer(out: &mut Out, lesson: &Lesson, scout: &mut Scout, index: usize, step: &Step) {
    let Ok((start, end)) = scout.places(lesson, index) else { return };
    let mut text = String::new();
    match &step.kind {
        StepKind::Predict { truth: Truth::Choices(choices), .. } => {
            for (choice, letter) in choices.iter().zip('a'..) {
                let verdict = if scout.holds(start, end, &choice.is).unwrap_or(false) { "right" } else { "not so" };
                text += &format!("- **{letter}** {verdict}: {}\n", choice.why);
            }
        }
        StepKind::Predict { truth: Truth::Value { answer, .. }, .. } => {
            text = format!("Answer: `{}`\n", scout.value(start, end, answer).unwrap_or_default());
        }
        StepKind::Order { items, .. } => {
            let mut places: Vec<(u64, char)> =
                items.iter().zip('a'..).filter_map(|(item, letter)| Some((scout.find_here(start, &item.at).ok()?, letter))).collect();
            places.sort_unstable();
            text = format!("Order: {}\n", places.iter().map(|(_, letter)| letter.to_string()).collect::<Vec<_>>().join(", "));
        }
        StepKind::Edit { replace, .. } => {
            text = replace.iter().map(|(old, new)| format!("- `{old}` becomes `{new}`\n")).collect();
        }
        _ if !step.solution_text.is_empty() => {
            let keys: Vec<String> = step.solution_text.iter().map(|keys| format!("`{keys}`")).collect();
            text = format!("For example: {}\n", keys.join(", "));
        }
        _ => {}
    }
    if !step.why.is_empty() {
        text += &format!("\n> {}\n", step.why.replace('\n', " "));
    }
    if !text.is_empty() {
        out.markdown(&text);
    }
}
