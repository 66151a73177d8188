//! Small parts that panes and popups are made of.

pub mod edit; // a line being typed
pub mod line; // a row of styled text with a left and a right part
pub mod markdown; // a text of many rows
pub mod text; // cleaning, measuring and cutting
