//! All tests, one binary: a module a subject.

mod text;
