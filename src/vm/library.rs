//! What is the library's and what the program's: code that line steps pass over and frames show in grey, objects that modules made while
//! they were imported.
//!
//! A file tells it: `<frozen textwrap>`, or one below the installed library or a folder of packages. Text that the library compiles
//! itself (`exec` in `dataclasses`) is the library's too, though its file is `<string>`. The program's own file never is.

use std::{ops::Range, sync::Arc};

use super::Vm;
use crate::objects::{Body, Objects, code::Code};

/// What is known of the library besides files.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Units of code that library code compiled; in order.
    compiled: Arc<Vec<Range<u32>>>,
    /// Birth numbers of objects made while the library's modules were imported; in order.
    born: Arc<Vec<Range<u32>>>,
    /// A module of the library is being imported.
    is_importing: bool,
}

impl Vm {
    pub fn is_library_file(&self, file: &str) -> bool {
        let below = |folder: &str| file.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
        let is_of_library = file.starts_with("<frozen ")
            || file.contains("/lib/python3.11/")
            || file.contains("/site-packages/")
            || self.config.stdlib.as_deref().is_some_and(below)
            || self.config.site.iter().any(|folder| below(folder));
        is_of_library && self.config.argv.first().is_none_or(|program| program != file)
    }

    pub fn is_library_code(&self, code: &Code) -> bool {
        holds(&self.library.compiled, code.start) || self.is_library_file(&code.code.filename)
    }

    /// An object was made while a module of the library was imported.
    pub fn is_born_in_library(&self, birth: u32) -> bool {
        holds(&self.library.born, birth)
    }

    /// A text without a file was compiled, the units from there on: is it for library code?
    pub fn note_compiled(&mut self, from: usize, file: &str) {
        if file != "<string>" {
            return;
        }
        let caller = self.top_python_frame().and_then(|(_, frame)| match self.heap.body(frame.code) {
            Body::Code(code) => Some(self.is_library_code(code)),
            _ => None,
        });
        if caller == Some(true) {
            Arc::make_mut(&mut self.library.compiled).push(from as u32..self.units.len() as u32);
        }
    }

    /// The import of a library's module has begun, and whose objects are younger than this. False: that of another one has.
    pub fn begin_library_import(&mut self, born: u32) -> bool {
        if std::mem::replace(&mut self.library.is_importing, true) {
            return false;
        }
        Arc::make_mut(&mut self.library.born).push(born + 1..u32::MAX);
        true
    }

    pub fn end_library_import(&mut self) {
        self.library.is_importing = false;
        let born = self.heap.born();
        if let Some(last) = Arc::make_mut(&mut self.library.born).last_mut() {
            last.end = born + 1;
        }
    }
}

/// Whether one of the ranges, which are in order, has it.
fn holds(ranges: &[Range<u32>], number: u32) -> bool {
    let after = ranges.partition_point(|range| range.start <= number);
    after.checked_sub(1).is_some_and(|at| ranges[at].contains(&number))
}
