//! A drawn screen as plain text, a line a row, without blanks at the ends.

use ratatui::buffer::Buffer;

use super::cells;

pub fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in area.y..area.bottom() {
        let row: String = cells(buffer, y).map(|(_, _, cell)| cell.symbol()).collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
