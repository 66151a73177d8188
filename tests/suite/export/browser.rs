//! The page in headless Chromium: what its document holds after some keys. It runs without a network, from a file.
//!
//! The page under test is the exported one; only where keys are pressed a script is added behind its own that presses them.

use std::{
    fs,
    process::{Command, Stdio},
};

use super::{BANK, HOSTILE, export, file};

/// Whether the browser is to be left out.
fn is_skipped() -> bool {
    let skipped = std::env::var_os("UNCOIL_SKIP_BROWSER").is_some();
    if skipped {
        println!("left out, as UNCOIL_SKIP_BROWSER says");
    }
    skipped
}

/// The document of a page, opened at a hash, after some keys.
fn document(page: &str, name: &str, hash: &str, keys: &[&str]) -> String {
    let presses: String = keys
        .iter()
        .map(|key| {
            let (shift, key) = key.strip_prefix("S-").map_or((false, *key), |key| (true, key));
            format!("document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', shiftKey: {shift}, bubbles: true}}));")
        })
        .collect();
    let path = file(&format!("{name}.html"));
    fs::write(&path, page.replace("</body>", &format!("<script>{presses}</script></body>"))).unwrap();
    let profile = file(&format!("{name}.profile"));
    let program = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|program| {
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    });
    let Some(program) = program else {
        panic!("this test needs chromium, to open an exported page in; UNCOIL_SKIP_BROWSER=1 skips it");
    };
    let output = Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"])
        .args(["--disable-sync", "--no-first-run", "--window-size=1400,900", "--virtual-time-budget=4000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}{hash}", path.display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let _ = fs::remove_dir_all(profile); // it may still be writing there; the next run makes its own
    let document = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(document.contains("<main>"), "{program} gave no document: {}", String::from_utf8_lossy(&output.stderr));
    document
}

/// The text of an element, by its id, without tags.
fn text(document: &str, id: &str) -> String {
    let start = document.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no element {id}"));
    let inner = &document[start..];
    let end = ["</section>", "</p>", "</header>"].iter().filter_map(|end| inner.find(end)).min().unwrap_or(inner.len());
    let mut out = String::new();
    let mut in_tag = true;
    for c in inner[..end].chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&nbsp;", " ")
}

#[test]
fn the_page_shows_each_pane_and_obeys_keys() {
    if is_skipped() {
        return;
    }
    let page = export(BANK, "bank.html", &["--to", "700"]);
    let at = document(&page, "at", "#step=402", &[]);
    assert!(text(&at, "where").contains("step 402 of 700"), "{}", text(&at, "where"));
    assert_eq!(text(&at, "next"), "BINARY_OP += will pop 0 and 1 and push 0 + 1");
    assert_eq!(text(&at, "done"), "LOAD_CONST pushed the int 1 (refcount 1000000005)");
    let variables = text(&at, "variables");
    assert!(variables.contains("Objects") && variables.contains("Savings #") && variables.contains(".owner"), "{variables}");
    assert!(text(&at, "source").contains("▶63        self.uses += 1"), "{}", text(&at, "source"));
    assert!(text(&at, "bytecode").contains("▶154BINARY_OP13 (+=) ◂ 0, 1"), "{}", text(&at, "bytecode"));
    assert!(text(&at, "stack").contains("2+1  ◂ rhsint ↑×1000000005"), "{}", text(&at, "stack"));
    assert!(text(&at, "variables").contains("Localsself"), "{}", text(&at, "variables"));
    assert!(text(&at, "frames").contains("▶Savings.withdraw  line 63"));
    assert!(text(&at, "output").contains("nothing printed yet"));
    assert!(
        at.contains("<span class=\"range\">self.uses += </span><span class=\"number-token range\">1</span>"),
        "what is computed is marked"
    );
    // Keys.
    let after = document(&page, "keys", "#step=402", &["ArrowRight", "ArrowRight", "ArrowLeft", "d", "+"]);
    assert!(text(&after, "where").contains("step 403 "), "{}", text(&after, "where"));
    assert!(after.contains("data-theme=\"dark\"") && after.contains("--size: 18px"));
    let line = document(&page, "line", "#step=402", &["S-ArrowRight"]);
    assert!(!text(&line, "source").contains("▶63"), "{}", text(&line, "where"));
    let end = document(&page, "end", "", &["End"]);
    assert!(text(&end, "where").contains("step 700 of 700"));
    assert!(text(&end, "output").contains("transfer of 200 from Ada to Bob"));
    let played = document(&page, "play", "#step=10", &[" "]);
    assert!(!text(&played, "where").contains("step 10 "), "it plays: {}", text(&played, "where"));
}

#[test]
fn nothing_that_a_program_prints_acts_on_the_page() {
    if is_skipped() {
        return;
    }
    let page = export(HOSTILE, "hostile_page.html", &[]);
    let document = document(&page, "hostile_end", "", &["End"]);
    assert!(document.contains("<title>hostile.py</title>"), "the title is as it was");
    let output = text(&document, "output");
    for shown in ["</script><script>document.title", "\\x1b[2J\\x1b]0;broken in\\x07\\x9b31m", "\\u202e <img src=x onerror="] {
        assert!(output.contains(shown), "{shown} in {output}");
    }
    assert!(!document.contains("<img"));
}

#[test]
fn the_page_asks_nobody() {
    let page = export(BANK, "alone.html", &["--to", "20"]);
    let around = page.split("<script type=\"application/json\"").next().unwrap();
    assert!(around.contains("default-src 'none'"));
    for outside in ["http://", "https://", "src=", "href=", "url(", "@import", "fetch(", "XMLHttp", "import("] {
        assert!(!page.contains(outside), "{outside}");
    }
}
