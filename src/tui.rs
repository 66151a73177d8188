//! The screen: state, keys, layouts, panes, themes; and the terminal around it.
//!
//! It draws views and sends commands; it has never seen an object of the machine. [`render`] draws without a
//! terminal, [`driver::Driver`] plays keys without one, [`terminal::run`] is for people.

pub mod action; // what the screen asks of the world
pub mod app; // the state, and what keys and commands do to it
pub mod config; // THE settings, and the file that has them
pub mod driver; // keys in, screens out, no terminal
pub mod exporting; // what is seen, into files
pub mod glyphs; // every sign, in Unicode and ASCII
pub mod kept; // what outlives a session: layout, splits, history
pub mod keymap; // keys, their written form, and what they do
pub mod layout; // which pane is where
pub mod panes; // one file a pane
pub mod plain; // the dialogue without a screen
pub mod play; // steps by themselves, and how fast
pub mod popups; // help and listings
pub mod screen; // draws everything
pub mod start; // the screen without a program: what could be opened
pub mod terminal; // the real one, and the engine's thread
pub mod theme; // every colour
pub mod widgets; // rows of text, the line editor

use ratatui::{buffer::Buffer, layout::Rect};

/// Draws the screen at a size.
pub fn render(app: &mut app::App, width: u16, height: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    screen::draw(app, &mut buffer);
    buffer
}
