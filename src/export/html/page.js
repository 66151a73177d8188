// Shows the run that stands in the page as JSON (see src/export/trace.rs). Every text of the program goes through `visible`
// and textContent: nothing it printed or named is ever read as HTML.
"use strict";
const run = JSON.parse(document.getElementById("run").textContent);
const byId = id => document.getElementById(id);
const bytesOf = text => new TextEncoder().encode(text);
const textOf = bytes => new TextDecoder().decode(bytes);

// ── the packed form ────────────────────────────────────────────────────────────────────────────────────────────────
const pooled = number => run.pool[number];
const list = number => (pooled(number) ?? []).map(pooled);
const column = Object.fromEntries(run.fields.map((name, index) => [name, index]));
const plain = new Set(run.plain);
const raw = (index, name) => run.steps[index]?.[column[name]];
const field = (index, name) => { const it = raw(index, name) ?? null; return it === null || plain.has(name) ? it : pooled(it); };
const rows = (index, name) => { const it = raw(index, name) ?? null; return it === null ? [] : list(it); };

// ── making text ────────────────────────────────────────────────────────────────────────────────────────────────────
/** Characters that would act or hide are written out: `\x1b`. */
function visible(text) {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, c => {
    const code = c.charCodeAt(0);
    return c === "\r" ? "\\r" : code < 256 ? "\\x" + code.toString(16).padStart(2, "0") : "\\u" + code.toString(16).padStart(4, "0");
  });
}
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const child of children) if (child !== null) element.append(typeof child === "string" ? visible(child) : child);
  return element;
}
function fill(id, children, nothing) {
  byId(id).replaceChildren(...(children.length ? children : [make("p", "nothing", nothing)]));
}

// ── panes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
/** A line in pieces: cut where a colour or the marked range begins or ends; columns count UTF-8 bytes. */
function pieces(text, colours, range) {
  const bytes = bytesOf(text);
  const cuts = new Set([0, bytes.length]);
  for (const [start, end] of range ? [...colours, range] : colours) { cuts.add(Math.min(start, bytes.length)); cuts.add(Math.min(end, bytes.length)); }
  const places = [...cuts].sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < places.length; i++) {
    const [from, to] = [places[i], places[i + 1]];
    const colour = colours.find(([start, end]) => start <= from && to <= end)?.[2] ?? "";
    const part = make("span", colour === "number" ? "number-token" : colour, textOf(bytes.subarray(from, to)));
    if (range && range[0] <= from && to <= range[1]) part.classList.add("range");
    parts.push(part);
  }
  return parts;
}
const coloured = run.sources.map(source => {
  const lines = new Map();
  for (const [line, start, end, kind] of source.highlights) lines.set(line, [...(lines.get(line) ?? []), [start, end, kind]]);
  return lines;
});
function showSource(now) {
  const source = run.sources[field(now, "source")];
  byId("file").textContent = source ? visible(source.file) : "";
  if (!source || !source.lines.length) return fill("source", [], "no source here");
  const [line, ran, range] = [field(now, "line"), field(now, "executed_line"), field(now, "range")];
  const over = isOver(now);
  byId("source").style.setProperty("--digits", String(source.lines.length).length + "ch");
  fill("source", source.lines.map((text, index) => {
    const number = index + 1, isNext = number === line && !over;
    let marked = null;
    if (range && !over && range[0] <= number && number <= range[2]) {
      const indent = bytesOf(text).length - bytesOf(text.trimStart()).length;
      marked = [number === range[0] ? range[1] : indent, number === range[2] ? range[3] : bytesOf(text).length];
      if (marked[0] >= marked[1]) marked = null;
    }
    const mark = isNext ? "▶" : number === ran ? "▷" : "";
    const row = make("div", "row" + (isNext ? " is-next" : number === ran ? " is-ran" : ""), make("span", "mark", mark), make("span", "number", String(number)));
    row.style.setProperty("--indent", (text.length - text.trimStart().length) + "ch");
    row.append(...pieces(text, coloured[field(now, "source")].get(number) ?? [], marked));
    return row;
  }), "");
  reveal("source");
}
function showBytecode(now) {
  const code = run.codes[field(now, "code")];
  byId("code").textContent = code ? visible(code.name) : "";
  if (!code) return fill("bytecode", [], "native code has no bytecode");
  const [next, ran, live] = [field(now, "offset"), field(now, "executed_offset"), field(now, "operand")];
  const over = isOver(now);
  const longest = Math.max(...code.rows.map(row => row.op.length));
  byId("bytecode").style.setProperty("--op", Math.min(longest, 17) + "ch");
  const digits = name => Math.max(...code.rows.map(row => String(row[name] ?? "").length)) + "ch";
  const [lineDigits, offsetDigits] = [digits("line"), digits("offset")];
  const number = (text, width) => { const it = make("span", "number", text); it.style.minWidth = width; return it; };
  fill("bytecode", code.rows.map(row => {
    const isNext = row.offset === next && !over;
    const argument = row.arg === undefined ? "" : row.text ? `${row.arg} (${row.text})` : String(row.arg);
    return make("div", "row" + (isNext ? " is-next" : row.offset === ran ? " is-ran" : ""),
      make("span", "mark", isNext ? "▶" : row.offset === ran ? "▷" : row.is_jump_target ? "»" : ""),
      number(row.starts_line ? String(row.line) : "", lineDigits), number(String(row.offset), offsetDigits),
      make("span", "op", row.op), make("span", "argument", argument, isNext && live ? make("span", "live", (LOADS.test(row.op) ? " → " : " ◂ ") + live) : null));
  }), "");
  reveal("bytecode");
}
/** They push what stands beside them; others take it. */
const LOADS = /^LOAD_(?!ATTR$|METHOD$|BUILD_CLASS$)/;
const SIGNS = { new: "+", changed: "~", removed: "−" };
/** A row of the stack or of the variables. */
function valueRow(head, value, role) {
  const change = value.change ?? "";
  const moved = value.refcount_change ? (value.refcount_change > 0 ? "↑" : "↓") : "";
  const text = make("td", "text", make("span", "", value.text));
  if (value.old !== undefined) text.append(make("span", "old", "  was " + value.old));
  if (role) text.append(make("span", "role", "  ◂ " + role));
  const row = make("tr", change, make("td", "", head), make("td", "sign", SIGNS[change] ?? ""), text,
    make("td", "refs", value.refcount === undefined ? "" : `${value.type ?? ""} ${moved}×${value.refcount}`));
  if (change) row.querySelector(".sign").title = change;
  return row;
}
function showStack(now) {
  const stack = rows(now, "stack");
  fill("stack", stack.length ? [make("table", "", ...stack.map(row => valueRow(String(row.slot), row.value, row.role)))] : [], "empty");
}
function showVariables(now) {
  const lines = [];
  for (const section of rows(now, "variables")) {
    const title = make("th", "", section.scope);
    title.colSpan = 4;
    lines.push(make("tr", "", title));
    for (const row of section.names.map(pooled)) {
      const line = valueRow(row.name, row.value ?? { text: "not bound" });
      if (row.name.length > 14) line.firstChild.classList.add("long");
      lines.push(line);
    }
  }
  lines.push(...objectRows(now));
  fill("variables", lines.length ? [make("table", "", ...lines)] : [], "no names yet");
}
/** The attributes of an instance, by its number, at an instant. */
function attributesOf(index) {
  return new Map(rows(index, "objects").map(object => [object.id, new Map(object.attributes.map(pooled).map(it => [it.name, it.text]))]));
}
/** The instances that names lead to; a sign where an attribute is not what it was. */
function objectRows(now) {
  const objects = rows(now, "objects"), lines = [];
  if (!objects.length) return lines;
  const before = now > 0 ? attributesOf(now - 1) : null;
  const title = make("th", "", "Objects");
  title.colSpan = 4;
  lines.push(make("tr", "", title));
  for (const object of objects) {
    const old = before?.get(object.id);
    const name = make("td", "object", `${object.type} #${object.id}`);
    name.colSpan = 4;
    lines.push(make("tr", before && !old ? "new" : "", name));
    for (const { name, text } of object.attributes.map(pooled)) {
      const was = old?.get(name);
      const change = !before ? {} : was === undefined ? { change: "new" } : was === text ? {} : { change: "changed", old: was };
      lines.push(valueRow("." + name, { text, ...change }));
    }
  }
  return lines;
}
function showFrames(now) {
  fill("frames", rows(now, "frames").map((frame, index) => make("div", "row" + (index === 0 ? " is-next" : ""),
    make("span", "mark", index === 0 ? "▶" : ""), frame.name, frame.line ? make("span", "old", "  line " + frame.line) : null,
    frame.kind === "python" ? null : make("span", "old", "  " + frame.kind), frame.is_new ? make("span", "role", "  + new") : null)), "the program is over");
}
function showOutput(now) {
  let room = field(now, "output") ?? 0;
  const before = now > 0 ? field(now - 1, "output") ?? 0 : room;
  const parts = [];
  let at = 0;
  for (const chunk of run.output) {
    if (at >= room) break;
    const text = at + chunk.bytes <= room ? chunk.text : textOf(bytesOf(chunk.text).subarray(0, room - at));
    parts.push(make("span", chunk.stream + (at + chunk.bytes > before ? " fresh" : ""), text));
    at += chunk.bytes;
  }
  const words = field(now, "explanation");
  if (words) parts.push(make("p", "words", "In words: " + words));
  fill("output", parts.length ? [make("div", "row wrap", ...parts)] : [], "nothing printed yet");
  byId("output").scrollTop = byId("output").scrollHeight;
}
/** The row that runs next stays in sight. */
function reveal(id) {
  const body = byId(id), row = body.querySelector(".is-next") ?? body.querySelector(".is-ran");
  if (!row) return;
  const margin = body.clientHeight / 4, top = row.offsetTop - body.offsetTop;
  if (top < body.scrollTop + margin || top > body.scrollTop + body.clientHeight - margin) body.scrollTop = top - body.clientHeight / 2;
}

// ── where we are ───────────────────────────────────────────────────────────────────────────────────────────────────
let now = 0;
const end = run.steps.length - 1;
const slider = byId("slider");
const isOver = index => ["finished", "uncaught"].includes(field(index, "status")?.kind);
function show(index) {
  now = Math.max(0, Math.min(end, index));
  const step = field(now, "step"), status = field(now, "status");
  const line = field(now, "line"), frame = rows(now, "frames")[0];
  const state = status?.text ?? (line ? `${frame ? frame.name + ", " : ""}line ${line}` : "");
  byId("where").replaceChildren("step ", make("b", "", String(step)), ` of ${run.last}${state ? " · " + visible(state) : ""}`);
  byId("done").textContent = visible(field(now, "done") ?? "–");
  byId("next").textContent = visible(field(now, "next") ?? (status?.text || "–"));
  showSource(now); showBytecode(now); showStack(now); showVariables(now); showFrames(now); showOutput(now);
  slider.value = String(now);
  slider.setAttribute("aria-valuetext", `step ${step}: ${visible(field(now, "next") ?? state)}`);
  if (location.hash !== `#step=${step}`) history.replaceState(null, "", `#step=${step}`);
  drawDepth();
}
/** To the next instant with another line or another function. */
function byLine(direction) {
  const place = index => `${raw(index, "source")} ${raw(index, "line")} ${rows(index, "frames").length}`;
  let to = now + direction;
  while (to > 0 && to < end && (place(to) === place(now) || raw(to, "line") == null)) to += direction;
  if (direction < 0) while (to > 0 && place(to - 1) === place(to)) to--;
  show(to);
}
/** How deep the calls are, over the whole run: a skyline above the slider. */
function drawDepth() {
  const canvas = byId("depth"), width = canvas.clientWidth;
  if (!width || end < 1) return;
  const style = getComputedStyle(document.documentElement), pen = canvas.getContext("2d");
  canvas.width = width;
  const depths = run.steps.map((_, index) => rows(index, "frames").length), most = Math.max(1, ...depths);
  for (let x = 0; x < width; x++) {
    const index = Math.round(x / width * end), height = depths[index] / most * 18;
    pen.fillStyle = style.getPropertyValue(index <= now ? "--accent" : "--edge");
    pen.fillRect(x, 22 - height, 1, height);
  }
  pen.fillStyle = style.getPropertyValue("--text");
  pen.fillRect(Math.min(width - 2, now / end * width), 0, 2, 22);
}

// ── playing ────────────────────────────────────────────────────────────────────────────────────────────────────────
let timer = null;
function stop() {
  clearInterval(timer);
  timer = null;
  byId("play").textContent = "▶ Play";
}
function play() {
  if (timer !== null) return stop();
  if (now === end) show(0);
  byId("play").textContent = "■ Stop";
  timer = setInterval(() => { show(now + 1); if (now === end) stop(); }, Number(byId("speed").value));
}

// ── the reader's wishes ────────────────────────────────────────────────────────────────────────────────────────────
let size = 16;
function resize(by) {
  size = Math.max(10, Math.min(40, size + by));
  document.documentElement.style.setProperty("--size", size + "px");
  show(now);
}
function toggleGround() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  drawDepth();
}
if (document.documentElement.dataset.theme === "auto") {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
const go = index => { stop(); show(index); };
const actions = {
  "first": () => go(0), "last": () => go(end), "back": () => go(now - 1), "forward": () => go(now + 1),
  "line-back": () => { stop(); byLine(-1); }, "line-forward": () => { stop(); byLine(1); },
  "play": play, "smaller": () => resize(-2), "larger": () => resize(2), "ground": toggleGround,
};
for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
slider.max = String(end);
slider.addEventListener("input", () => go(Number(slider.value)));
byId("speed").addEventListener("change", () => { if (timer !== null) { stop(); play(); } });
byId("depth").addEventListener("click", event => go(Math.round(event.offsetX / byId("depth").clientWidth * end)));
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "SELECT") return;
  const onButton = event.target.tagName === "BUTTON" && event.key === " ";
  const action = {
    "ArrowRight": event.shiftKey ? "line-forward" : "forward", "ArrowLeft": event.shiftKey ? "line-back" : "back",
    "Home": "first", "End": "last", " ": "play", "+": "larger", "=": "larger", "-": "smaller", "d": "ground",
  }[event.key];
  if (!action || onButton) return;
  event.preventDefault();
  actions[action]();
});
function fromHash() {
  const wanted = /^#step=(\d+)$/.exec(location.hash);
  if (!wanted) return show(now);
  let index = run.steps.findIndex((_, at) => raw(at, "step") >= Number(wanted[1]));
  show(index < 0 ? end : index);
}
addEventListener("hashchange", fromHash);
addEventListener("resize", drawDepth);
fromHash();
