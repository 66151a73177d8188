//! THE table of presets: keys for hands that know another program. What a preset doesn't name stays as it is.

/// A name, what it is like, and the keys that differ from the command table.
pub type Preset = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
pub const PRESETS: &[Preset] = &[
    ("default", "step letters as in gdb, the same letter with Shift backwards", &[]),
    ("gdb", "gdb's single-key mode: o nexti, r start again, v variables, w frames", &[
        ("o", "instruction"), ("O", "instruction-back"), ("r", "first"), ("v", "focus variables"), ("w", "focus frames"),
        ("<C-n>", "next"), ("<C-l>", "rerun"),
    ]),
    ("pudb", "pudb's: r finish, V S B C o choose panes, ! console", &[
        ("r", "finish"), ("R", "finish-back"), ("V", "focus variables"), ("S", "focus frames"), ("B", "focus stops"),
        ("C", "focus source"), ("o", "focus output"), ("!", "console"), ("H", "focus source"), ("<C-e>", "edit"),
        ("<C-b>", "scroll page-up"), ("<C-f>", "scroll page-down"),
    ]),
    ("vim", "h j k l move, n N search on, w W lines forward and back, Ctrl-W the next pane", &[
        ("h", "scroll left"), ("l", "scroll right"), ("n", "search-next"), ("N", "search-previous"), ("w", "next"), ("W", "next-back"),
        ("<C-f>", "scroll page-down"), ("<C-b>", "scroll page-up"), ("<C-d>", "scroll page-down"), ("<C-u>", "scroll page-up"),
        ("<C-w>", "focus next"), ("<C-o>", "instruction-back"), ("<C-r>", "rerun"),
    ]),
    ("arrows", "Right and Left step into lines and back, Down and Up over them, PgDn out; j k scroll", &[
        ("<right>", "step"), ("<left>", "step-back"), ("<down>", "next"), ("<up>", "next-back"), ("<pgdn>", "finish"),
        ("<pgup>", "finish-back"), ("<home>", "first"), ("<end>", "last"), ("<ins>", "toggle"), ("<del>", "toggle"),
        ("h", "scroll left"), ("l", "scroll right"), ("J", "scroll page-down"),
    ]),
];
