//! The lessons at hand: those in the program, and those of a folder anywhere.
//!
//! A course is a folder of lessons; a lesson is a folder with `lesson.md` and `program.py` in it.

use std::{fs, path::Path, sync::Arc};

use super::format::{Lesson, PROGRAM, Problem, Texts};

macro_rules! lessons {
    ($($name:literal)*) => {
        &[$((
            $name,
            include_str!(concat!("../../lessons/", $name, "/lesson.md")),
            include_str!(concat!("../../lessons/", $name, "/program.py")),
            include_str!(concat!("../../lessons/", $name, "/expected.txt")),
        )),*]
    };
}

/// THE lessons in the program, in their order; a test holds that the folder `lessons/` has the same.
#[rustfmt::skip]
const OWN: &[(&str, &str, &str, &str)] = lessons! {
    "00_five_minutes"
    "01_text_to_code"
    "02_value_stack"
    "03_names"
    "04_code_and_functions"
    "05_frames"
    "06_reference_counting"
    "07_objects_in_memory"
    "08_lists"
    "09_dicts"
    "10_attributes"
    "11_exceptions"
    "12_generators"
    "13_cyclic_gc"
    "14_threads_and_the_gil"
    "15_specializing_interpreter"
    "16_imports_and_pyc"
};

/// The names of the lessons in the program.
pub fn own_names() -> Vec<&'static str> {
    OWN.iter().map(|(name, ..)| *name).collect()
}

/// The lessons in the program.
///
/// # Errors
///
/// What is wrong with one; a test holds that nothing is.
pub fn own() -> Result<Vec<Arc<Lesson>>, Vec<Problem>> {
    let read = |(name, lesson, program, expected): &(&str, &'static str, &'static str, &'static str)| {
        let texts = Texts { lesson, program: Some(program), expected: Some(expected) };
        Lesson::read(&format!("lessons/{name}"), texts).map(Arc::new)
    };
    OWN.iter().map(read).collect()
}

/// The lessons of a folder: itself, or the folders in it.
///
/// # Errors
///
/// What is wrong with them.
pub fn of_folder(path: &str) -> Result<Vec<Arc<Lesson>>, Vec<Problem>> {
    let mut lessons = Vec::new();
    let mut problems = Vec::new();
    for folder in folders(path)? {
        match read(&folder) {
            Ok(lesson) => lessons.push(Arc::new(lesson)),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(lessons) } else { Err(problems) }
}

/// The folders of the lessons at a path: a lesson's, its `lesson.md`, or a course's.
///
/// # Errors
///
/// There is none.
pub fn folders(path: &str) -> Result<Vec<String>, Vec<Problem>> {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/lesson.md").unwrap_or(path);
    let path = if path.is_empty() { "." } else { path };
    if Path::new(path).join("lesson.md").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found: Vec<String> = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("lesson.md").is_file())
        .map(|entry| format!("{path}/{}", entry.file_name().to_string_lossy()))
        .collect();
    found.sort();
    if found.is_empty() {
        let what = "here is no lesson: a lesson is a folder with `lesson.md` in it; `uncoil lesson new NAME` makes one";
        return Err(vec![Problem { file: path.to_owned(), line: 0, what: what.into() }]);
    }
    Ok(found)
}

/// The lesson of a folder.
///
/// # Errors
///
/// What is wrong with it.
pub fn read(folder: &str) -> Result<Lesson, Vec<Problem>> {
    let text = |name: &str| fs::read(format!("{folder}/{name}"));
    let wrong = |name: &str, what: String| vec![Problem { file: format!("{folder}/{name}"), line: 0, what }];
    let lesson = text("lesson.md").map_err(|error| wrong("lesson.md", format!("can't be read: {error}")))?;
    let lesson = String::from_utf8(lesson).map_err(|_| wrong("lesson.md", "is no UTF-8 text; save it as UTF-8".into()))?;
    let program = text(PROGRAM).ok();
    let program = program.map(String::from_utf8).transpose().map_err(|_| wrong(PROGRAM, "is no UTF-8 text; save it as UTF-8".into()))?;
    let expected = text("expected.txt").ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Lesson::read(folder, Texts { lesson: &lesson, program: program.as_deref(), expected: expected.as_deref() })
}
