#!/usr/bin/env python3.11
"""Writes charmap_tables.rs: the upper halves of single-byte encodings, as CPython 3.11 decodes them. Run in this folder."""
from encodings.aliases import aliases

NAMES = "cp1250 cp1251 cp1252 cp1253 cp1254 cp1257 cp437 cp850 cp852 cp866 iso8859_2 iso8859_5 iso8859_7 iso8859_9 iso8859_15 koi8_r koi8_u mac_roman".split()
LOW = bytes(range(128))
with open("charmap_tables.rs", "w") as out:
    out.write("//! Upper halves of single-byte encodings whose lower half is ASCII; 0xfffe where a byte means nothing.\n"
              "//! Written by `generate.py` of this folder; don't edit.\n\n"
              "/// (name, other names, code points of bytes 0x80 to 0xff)\n"
              "#[rustfmt::skip]\n"
              f"pub static CHARMAPS: [(&str, &[&str], [u16; 128]); {len(NAMES)}] = [\n")
    for name in NAMES:
        assert LOW.decode(name) == LOW.decode("ascii")
        others = sorted({a for a, n in aliases.items() if n == name and "." not in a} | ({name.replace("iso8859_", "iso8859_")} - {name}))
        table = [ord(bytes([b]).decode(name, "ignore") or "\ufffe") for b in range(128, 256)]
        out.write(f'    ("{name}", &[{", ".join(chr(34) + o + chr(34) for o in others)}], [\n')
        for row in range(0, 128, 16):
            out.write("        " + " ".join(f"{c:#x}," for c in table[row:row + 16]) + "\n")
        out.write("    ]),\n")
    out.write("];\n")
