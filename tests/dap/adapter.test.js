// Drives `uncoil dap` by @vscode/debugadapter-testsupport, the client that debug adapters of VS Code are tested with.
// UNCOIL names the program; the cargo test `dap` sets it. By hand: UNCOIL=target/debug/uncoil npm test

const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");
const { spawn } = require("node:child_process");
const { DebugClient } = require("@vscode/debugadapter-testsupport");

const UNCOIL = process.env.UNCOIL;
const program = (name) => path.join(__dirname, "programs", name);
const BANK = program("bank.py");

/** A test with a client of its own. */
function session(name, body) {
  test(name, { timeout: 60000 }, async () => {
    const client = new DebugClient(UNCOIL, "dap", "uncoil");
    client.defaultTimeout = 20000;
    await client.start();
    const output = { stdout: "", stderr: "", console: "", important: "" };
    client.on("output", (event) => (output[event.body.category] += event.body.output));
    try {
      await body(client, output);
    } finally {
      // A program that runs on must not keep the tests from ending.
      const adapter = client._adapterProcess;
      const killer = setTimeout(() => adapter.kill("SIGKILL"), 5000);
      await client.stop();
      clearTimeout(killer);
    }
  });
}

/** Launches, configures, and waits for the first stop. */
async function start(client, args, configure = async () => {}) {
  const initialized = client.waitForEvent("initialized");
  await client.launch(args);
  await initialized;
  await configure();
  const stopped = client.waitForEvent("stopped");
  await client.configurationDoneRequest();
  return (await stopped).body;
}

const begin = (client, args = {}) => start(client, { program: BANK, stopOnEntry: true, ...args });

/** Does something that ends in a stop. */
async function stop(client, request) {
  const stopped = client.waitForEvent("stopped");
  await request;
  return (await stopped).body;
}

const breakAt = (client, file, ...lines) =>
  client.setBreakpointsRequest({
    source: { path: file },
    breakpoints: lines.map((line) => (typeof line === "number" ? { line } : line)),
  });

const top = async (client) => (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames[0];
const where = async (client) => {
  const frame = await top(client);
  return `${frame.name} ${frame.line}`;
};

async function scope(client, name, frameId) {
  const { scopes } = (await client.scopesRequest({ frameId: frameId ?? (await top(client)).id })).body;
  const found = scopes.find((it) => it.name === name);
  assert.ok(found, `no scope ${name} in ${scopes.map((it) => it.name)}`);
  return found;
}

const parts = async (client, reference, page = {}) =>
  (await client.variablesRequest({ variablesReference: reference, ...page })).body.variables;
const named = (variables, name) => variables.find((it) => it.name === name);
const evaluate = async (client, expression, more = {}) => (await client.evaluateRequest({ expression, ...more })).body;
const refused = (request, pattern) => assert.rejects(request, (error) => pattern.test(error.message));

session("initialize tells what the adapter can do", async (client) => {
  const { body } = await client.initializeRequest();
  for (const name of ["StepBack", "InstructionBreakpoints", "DisassembleRequest", "SteppingGranularity", "LogPoints"]) {
    assert.equal(body[`supports${name}`], true, name);
  }
  assert.deepEqual(body.exceptionBreakpointFilters.map((it) => it.filter), ["raised", "uncaught"]);
});

session("a program runs to its end", async (client, output) => {
  const over = Promise.all([client.waitForEvent("exited"), client.waitForEvent("terminated")]);
  await Promise.all([client.configurationSequence(), client.launch({ program: BANK })]);
  const [exited] = await over;
  assert.equal(exited.body.exitCode, 0);
  assert.equal(output.stdout, "left 90\nleft 70\nleft 40\ndone\n");
  assert.equal(output.stderr, "too little\n");
});

session("noDebug runs through breakpoints", async (client, output) => {
  const over = client.waitForEvent("terminated");
  const initialized = client.waitForEvent("initialized");
  await client.launch({ program: BANK, noDebug: true, stopOnEntry: true });
  await initialized;
  await breakAt(client, BANK, 19);
  await client.configurationDoneRequest();
  await over;
  assert.match(output.stdout, /done/);
});

session("entry, then lines: into, over, out", async (client) => {
  const stopped = await begin(client);
  assert.equal(stopped.reason, "entry");
  assert.equal(await where(client), "<module> 1");
  await breakAt(client, BANK, 20);
  assert.equal((await stop(client, client.continueRequest({ threadId: 1 }))).reason, "breakpoint");
  assert.equal(await where(client), "main 20");
  assert.equal((await stop(client, client.stepInRequest({ threadId: 1 }))).reason, "step");
  assert.equal(await where(client), "Account.withdraw 10");
  await stop(client, client.nextRequest({ threadId: 1 }));
  assert.equal(await where(client), "Account.withdraw 12");
  await stop(client, client.stepOutRequest({ threadId: 1 }));
  assert.equal(await where(client), "main 20");
  await stop(client, client.nextRequest({ threadId: 1 }));
  assert.equal(await where(client), "main 21");
});

session("hitBreakpoint, as debug adapters are tested", async (client) => {
  await client.hitBreakpoint({ program: BANK }, { path: BANK, line: 21 });
});

session("a line without code moves to the next one", async (client) => {
  await begin(client);
  const { breakpoints } = (await breakAt(client, BANK, 15, 500)).body;
  assert.equal(breakpoints[0].verified, true);
  assert.equal(breakpoints[0].line, 16);
  assert.equal(breakpoints[1].verified, false);
  assert.match(breakpoints[1].message, /no code at or after line 500/);
  const locations = await client.customRequest("breakpointLocations", { source: { path: BANK }, line: 9, endLine: 13 });
  assert.deepEqual(locations.body.breakpoints.map((it) => it.line), [9, 10, 11, 12, 13]);
});

session("conditions, counts and log-points", async (client, output) => {
  const stopped = await start(client, { program: BANK }, () =>
    breakAt(client, BANK, { line: 20, condition: "amount == 20" }, { line: 22, logMessage: "logged {left + 1} {{ok}}" }),
  );
  assert.equal(stopped.reason, "breakpoint");
  assert.equal((await evaluate(client, "amount")).result, "20");
  assert.equal(output.console, "logged 91 {ok}\n");
  await stop(client, evaluate(client, ":first", { context: "repl" }));
  await breakAt(client, BANK, { line: 20, hitCondition: ">= 3" });
  await stop(client, client.continueRequest({ threadId: 1 }));
  assert.equal((await evaluate(client, "amount")).result, "30");
});

session("a breakpoint in a file that is not imported yet", async (client) => {
  const changed = client.waitForEvent("breakpoint");
  const helper = program("helper.py");
  let pending;
  await start(client, { program: program("uses_helper.py") }, async () => {
    pending = (await breakAt(client, helper, 2)).body.breakpoints[0];
  });
  assert.equal(pending.verified, false);
  assert.equal(await where(client), "double 2");
  const { breakpoint } = (await changed).body;
  assert.deepEqual([breakpoint.id, breakpoint.verified], [pending.id, true]);
});

session("function breakpoints", async (client) => {
  const stopped = await start(client, { program: BANK }, () =>
    client.setFunctionBreakpointsRequest({ breakpoints: [{ name: "withdraw", condition: "amount == 30" }] }),
  );
  assert.equal(stopped.reason, "function breakpoint");
  assert.equal((await evaluate(client, "amount")).result, "30");
});

session("raised exceptions, and one that nobody catches", async (client, output) => {
  const stopped = await start(client, { program: BANK }, () => client.setExceptionBreakpointsRequest({ filters: ["raised"] }));
  assert.equal(stopped.reason, "exception");
  assert.equal(stopped.text, "ValueError");
  assert.equal(await where(client), "Account.withdraw 11");
  const info = (await client.exceptionInfoRequest({ threadId: 1 })).body;
  assert.deepEqual([info.exceptionId, info.breakMode], ["ValueError", "always"]);
  await client.setExceptionBreakpointsRequest({ filters: [], filterOptions: [{ filterId: "raised", condition: "KeyError" }] });
  const over = client.waitForEvent("terminated");
  await client.continueRequest({ threadId: 1 });
  await over;
});

session("an uncaught exception is a place to step back from", async (client, output) => {
  const stopped = await start(client, { program: program("dies.py") }, () =>
    client.setExceptionBreakpointsRequest({ filters: ["uncaught"] }),
  );
  assert.equal(stopped.reason, "exception");
  assert.match(stopped.text, /ZeroDivisionError: division by zero/);
  assert.equal(await where(client), "inverse 2");
  const info = (await client.exceptionInfoRequest({ threadId: 1 })).body;
  assert.equal(info.breakMode, "unhandled");
  assert.match(info.details.stackTrace, /^Traceback/);
  assert.match(output.stderr, /ZeroDivisionError/);
  assert.equal((await evaluate(client, "x")).result, "0");
  await stop(client, client.stepBackRequest({ threadId: 1 }));
  await stop(client, client.stepBackRequest({ threadId: 1 }));
  assert.equal(await where(client), "<module> 6");
  const again = await stop(client, client.continueRequest({ threadId: 1 }));
  assert.equal(again.reason, "exception");
  const exited = client.waitForEvent("exited");
  await client.continueRequest({ threadId: 1 });
  assert.equal((await exited).body.exitCode, 1);
});

session("stepBack and reverseContinue", async (client, output) => {
  await start(client, { program: BANK }, () => breakAt(client, BANK, 21));
  const amounts = [];
  amounts.push((await evaluate(client, "amount")).result);
  await stop(client, client.continueRequest({ threadId: 1 }));
  amounts.push((await evaluate(client, "amount")).result);
  await stop(client, client.stepBackRequest({ threadId: 1 }));
  assert.equal(await where(client), "main 20");
  await stop(client, client.nextRequest({ threadId: 1 }));
  assert.equal(await where(client), "main 21");
  const back = await stop(client, client.reverseContinueRequest({ threadId: 1 }));
  assert.equal(back.reason, "breakpoint");
  amounts.push((await evaluate(client, "amount")).result);
  assert.deepEqual(amounts, ["10", "20", "10"]);
  const first = await stop(client, client.reverseContinueRequest({ threadId: 1 }));
  assert.equal(first.reason, "entry");
  await refused(evaluate(client, "main"), /no|not defined/);
  const over = client.waitForEvent("terminated");
  await breakAt(client, BANK);
  await client.continueRequest({ threadId: 1 });
  await over;
  assert.equal(output.stdout, "left 90\nleft 70\nleft 40\ndone\n", "output is told once");
});

session("instructions: granularity, breakpoints, disassembly", async (client) => {
  await start(client, { program: BANK }, () => breakAt(client, BANK, 12));
  const frame = await top(client);
  const reference = frame.instructionPointerReference;
  const { instructions } = (
    await client.disassembleRequest({ memoryReference: reference, instructionOffset: -4, instructionCount: 12 })
  ).body;
  assert.equal(instructions.length, 12);
  const here = instructions.findIndex((it) => it.address === reference);
  assert.equal(here, 4);
  assert.deepEqual(
    instructions.slice(4, 8).map((it) => it.instruction.split(/\s+/).filter(Boolean).slice(1).join(" ")),
    ["LOAD_FAST 0 (self)", "COPY 1", "LOAD_ATTR 0 (amount)", "LOAD_FAST 1 (amount)"],
  );
  assert.equal(instructions[4].instructionBytes, "7c 00");
  assert.equal(instructions[4].line, 12);
  await stop(client, client.customRequest("next", { threadId: 1, granularity: "instruction" }));
  assert.equal((await top(client)).instructionPointerReference, instructions[5].address);
  await stop(client, client.customRequest("stepBack", { threadId: 1, granularity: "instruction" }));
  assert.equal((await top(client)).instructionPointerReference, reference);
  const set = await client.customRequest("setInstructionBreakpoints", {
    breakpoints: [{ instructionReference: reference, offset: 3 }, { instructionReference: "0x7fffffff" }],
  });
  assert.deepEqual(set.body.breakpoints.map((it) => it.verified), [true, false]);
  const hit = await stop(client, client.continueRequest({ threadId: 1 }));
  assert.equal(hit.reason, "instruction breakpoint");
  assert.deepEqual(hit.hitBreakpointIds, [set.body.breakpoints[0].id]);
  assert.equal((await top(client)).instructionPointerReference, instructions[7].address);
  const stack = await parts(client, (await scope(client, "Value stack")).variablesReference);
  assert.deepEqual(stack.map((it) => it.value), ["100", stack[1].value]);
  assert.match(stack[1].value, /^<Account/);
  const before = await client.disassembleRequest({ memoryReference: "0x0", instructionOffset: -2, instructionCount: 3 });
  assert.deepEqual(before.body.instructions.slice(0, 2).map((it) => it.presentationHint), ["invalid", "invalid"]);
});

session("an instruction step over a call stays in its frame, both ways", async (client) => {
  const file = program("dies.py");
  await start(client, { program: file }, () => breakAt(client, file, 5));
  const addresses = [];
  const go = async (request) => {
    await stop(client, client.customRequest(request, { threadId: 1, granularity: "instruction" }));
    const frame = await top(client);
    assert.equal(frame.name, "<module>");
    return frame.instructionPointerReference;
  };
  addresses.push((await top(client)).instructionPointerReference);
  while (addresses.length < 10) addresses.push(await go("next"));
  for (let i = 8; i >= 0; i--) assert.equal(await go("stepBack"), addresses[i]);
});

session("an instruction step goes into calls when it is a stepIn, as every instruction does", async (client) => {
  await start(client, { program: program("dies.py") }, () => breakAt(client, program("dies.py"), 5));
  for (let i = 0; i < 8 && (await where(client)) !== "inverse 1"; i++) {
    await stop(client, client.customRequest("stepIn", { threadId: 1, granularity: "instruction" }));
  }
  assert.equal(await where(client), "inverse 1");
});

session("variables: scopes, parts, pages", async (client) => {
  await start(client, { program: BANK }, () => breakAt(client, BANK, 24));
  const locals = await parts(client, (await scope(client, "Locals")).variablesReference);
  assert.deepEqual(locals.map((it) => it.name), ["account", "history", "amount", "left", "names", "error"]);
  assert.equal(named(locals, "history").value, "[90, 70, 40]");
  assert.match(named(locals, "history").type, /^list, 1 reference/);
  assert.equal(named(locals, "error").value, "not bound");
  const account = await parts(client, named(locals, "account").variablesReference);
  assert.deepEqual(account.map((it) => [it.name, it.value, it.evaluateName]), [
    [account[0].name, "'Ada'", "account.owner"],
    [account[1].name, "40", "account.amount"],
  ]);
  const history = named(locals, "history");
  assert.equal(history.indexedVariables, 3);
  const page = await parts(client, history.variablesReference, { filter: "indexed", start: 1, count: 1 });
  assert.deepEqual(page.map((it) => [it.name, it.value, it.evaluateName]), [["1", "70", "history[1]"]]);
  const names = await parts(client, named(locals, "names").variablesReference);
  assert.deepEqual(names.map((it) => it.name), ["'a'", "'b'"]);
  const inner = await parts(client, names[0].variablesReference);
  assert.deepEqual(inner.map((it) => it.evaluateName), ["names['a'][0]", "names['a'][1]"]);
  const caller = (await client.stackTraceRequest({ threadId: 1, startFrame: 1, levels: 1 })).body;
  assert.deepEqual([caller.stackFrames.length, caller.totalFrames, caller.stackFrames[0].name], [1, 2, "<module>"]);
  const globals = await parts(client, (await scope(client, "Globals", caller.stackFrames[0].id)).variablesReference);
  assert.ok(named(globals, "Account"));
  await stop(client, client.nextRequest({ threadId: 1 }));
  await refused(parts(client, 1), /not known at this stop/);
});

session("evaluate: on a copy, in any frame, with the console's commands", async (client) => {
  await start(client, { program: BANK }, () => breakAt(client, BANK, 12));
  const frames = (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
  assert.equal((await evaluate(client, "amount * 2", { frameId: frames[0].id })).result, "20");
  assert.equal((await evaluate(client, "[n + 1 for n in (1, 2)]", { frameId: frames[0].id })).result, "[2, 3]");
  const list = await evaluate(client, "history", { frameId: frames[1].id, context: "hover" });
  assert.equal(list.result, "[]");
  await evaluate(client, "history.append(7)", { frameId: frames[1].id, context: "repl" });
  assert.equal((await evaluate(client, "history", { frameId: frames[1].id })).result, "[]", "it ran on a copy");
  await refused(evaluate(client, "1 / 0"), /ZeroDivisionError/);
  await refused(evaluate(client, "1 +"), /SyntaxError|invalid syntax/i);
  assert.match((await evaluate(client, ":show frames", { context: "repl" })).result, /Account\.withdraw/);
  await stop(client, evaluate(client, ":instruction 2", { context: "repl" }));
  await stop(client, evaluate(client, ":goto 0", { context: "repl" }));
  assert.equal(await where(client), "<module> 1");
});

session("values are set and lines jumped to: a new future", async (client, output) => {
  await start(client, { program: BANK }, () => breakAt(client, BANK, 21));
  const locals = (await scope(client, "Locals")).variablesReference;
  const set = (await client.setVariableRequest({ variablesReference: locals, name: "left", value: "7 * 6" })).body;
  assert.equal(set.value, "42");
  const account = named(await parts(client, locals), "account").variablesReference;
  const name = (await parts(client, account))[1].name;
  await client.setVariableRequest({ variablesReference: account, name, value: "1000" });
  assert.equal((await evaluate(client, "account.amount")).result, "1000");
  const expression = await client.customRequest("setExpression", { expression: "history", value: "[0]", frameId: 1 });
  assert.equal(expression.body.value, "[0]");
  await refused(client.setVariableRequest({ variablesReference: locals, name: "left", value: "1 / 0" }), /ZeroDivisionError/);
  await stop(client, client.nextRequest({ threadId: 1 }));
  const { targets } = (await client.gotoTargetsRequest({ source: { path: BANK }, line: 21 })).body;
  await stop(client, client.gotoRequest({ threadId: 1, targetId: targets[0].id }));
  assert.equal(await where(client), "main 21");
  await breakAt(client, BANK, 23);
  await stop(client, client.continueRequest({ threadId: 1 }));
  assert.equal((await evaluate(client, "history")).result, "[0, 42, 42, 980, 950]");
  assert.equal(output.stdout, "left 42\nleft 980\nleft 950\n");
});

session("a change of a value", async (client) => {
  await start(client, { program: BANK }, () => breakAt(client, BANK, 19));
  const reference = (await scope(client, "Locals")).variablesReference;
  const account = named(await parts(client, reference), "account").variablesReference;
  const name = (await parts(client, account))[1].name;
  const info = (await client.customRequest("dataBreakpointInfo", { variablesReference: account, name })).body;
  assert.equal(info.dataId, "account.amount");
  await breakAt(client, BANK);
  await client.customRequest("setDataBreakpoints", { breakpoints: [{ dataId: info.dataId }] });
  const hit = await stop(client, client.continueRequest({ threadId: 1 }));
  assert.equal(hit.reason, "data breakpoint");
});

session("input is typed in the console", async (client, output) => {
  const stopped = await start(client, { program: program("asks.py") });
  assert.equal(stopped.reason, "input");
  assert.match(output.important, /name\? /);
  await refused(client.continueRequest({ threadId: 1 }), /waits for a line/);
  const over = client.waitForEvent("terminated");
  await evaluate(client, "Ada", { context: "repl" });
  await over;
  assert.equal(output.stdout, "name? hello Ada\n");
});

session("a running program is paused, takes breakpoints, and tells its output meanwhile", async (client, output) => {
  const file = program("endless.py");
  const initialized = client.waitForEvent("initialized");
  await client.launch({ program: file });
  await initialized;
  const printed = client.waitForEvent("output");
  await client.configurationDoneRequest();
  await printed;
  assert.match(output.stdout, /^5000\n/);
  assert.equal((await client.threadsRequest()).body.threads[0].name, "MainThread");
  assert.equal((await stop(client, client.pauseRequest({ threadId: 1 }))).reason, "pause");
  const n = Number((await evaluate(client, "n")).result);
  assert.ok(n > 0);
  await client.continueRequest({ threadId: 1 });
  assert.equal((await stop(client, breakAt(client, file, 3))).reason, "breakpoint");
  assert.ok(Number((await evaluate(client, "n")).result) >= n);
  const first = await stop(client, client.reverseContinueRequest({ threadId: 1 }));
  assert.equal(first.reason, "breakpoint");
  await breakAt(client, file);
  await client.continueRequest({ threadId: 1 });
  const over = client.waitForEvent("terminated");
  await client.terminateRequest();
  await over;
});

session("stopAtEnd, restart", async (client, output) => {
  const stopped = await start(client, { program: BANK, stopAtEnd: true });
  assert.equal(stopped.reason, "end");
  await stop(client, client.stepBackRequest({ threadId: 1 }));
  await breakAt(client, BANK, 21);
  const again = await stop(client, client.restartRequest({}));
  assert.equal(again.reason, "breakpoint");
  assert.equal((await evaluate(client, "amount")).result, "10");
});

session("every thread has its frames and variables", async (client) => {
  await start(client, { program: program("waits.py"), stopOnEntry: true });
  await breakAt(client, program("waits.py"), 9);
  const stopped = await stop(client, client.continueRequest({ threadId: 1 }));
  const { threads } = (await client.threadsRequest()).body;
  assert.deepEqual(threads.map((it) => it.name), ["MainThread", "Thread-1 (work)", "Thread-2 (work)"]);
  const seen = {};
  for (const { id } of threads) {
    const { stackFrames } = (await client.stackTraceRequest({ threadId: id })).body;
    const own = stackFrames.find((frame) => frame.source?.path?.endsWith("waits.py"));
    seen[id] = `${own.name} ${own.line}`;
    if (id === 1) continue;
    assert.equal((await client.evaluateRequest({ expression: "number", frameId: own.id })).body.result, String((id - 1) * 10));
    const { scopes } = (await client.scopesRequest({ frameId: own.id })).body;
    const { variables } = (await client.variablesRequest({ variablesReference: scopes[0].variablesReference })).body;
    assert.deepEqual(variables.map((it) => `${it.name} ${it.value}`), [`number ${(id - 1) * 10}`]);
  }
  assert.equal(seen[1], "<module> 17");
  const waiting = threads.find((it) => it.id !== stopped.threadId && it.id !== 1).id;
  assert.equal(seen[stopped.threadId], "work 9");
  assert.equal(seen[waiting], "work 8");
  const { stackFrames } = (await client.stackTraceRequest({ threadId: waiting })).body;
  const frameId = stackFrames.find((frame) => frame.name === "work").id;
  await refused(client.customRequest("setExpression", { expression: "number", value: "1", frameId }), /does not run/);
  await refused(client.stackTraceRequest({ threadId: 99 }), /no thread 99/);
  const next = await stop(client, client.nextRequest({ threadId: stopped.threadId }));
  assert.equal(next.threadId, stopped.threadId);
});

session("sources", async (client) => {
  const stopped = await start(client, { code: "x = 1\nbreakpoint()\ny = 2\n" });
  assert.equal(stopped.reason, "breakpoint");
  const { source } = await top(client);
  assert.ok(source.sourceReference > 0);
  const text = (await client.sourceRequest({ source, sourceReference: source.sourceReference })).body.content;
  assert.equal(text, "x = 1\nbreakpoint()\ny = 2\n");
  const { sources } = (await client.customRequest("loadedSources")).body;
  assert.ok(sources.some((it) => it.path === "<string>"));
});

session("programs that can't be launched", async (client, output) => {
  await client.initializeRequest();
  await refused(client.launchRequest({}), /program is missing/);
  await refused(client.launchRequest({ program: "/nowhere.py" }), /No such file/);
  await refused(client.launchRequest({ program: BANK, args: 3 }), /args must be a list/);
  await refused(client.launchRequest({ program: BANK, options: ["--nonsense"] }), /nonsense/);
  await refused(client.launchRequest({ program: program("broken.py") }), /SyntaxError: '\(' was never closed/);
  assert.match(output.stderr, /broken\.py", line 1/);
});

session("requests that make no sense are refused", async (client) => {
  await refused(client.stackTraceRequest({ threadId: 1 }), /no program is launched/);
  await refused(client.customRequest("nonsense"), /unknown request `nonsense`/);
  await begin(client);
  await refused(client.variablesRequest({ variablesReference: 77 }), /not known/);
  await refused(client.variablesRequest({}), /variablesReference is missing/);
  await refused(client.scopesRequest({ frameId: 99 }), /no frame 99/);
  await refused(client.setBreakpointsRequest({}), /source is missing/);
  await refused(client.disassembleRequest({ memoryReference: "x", instructionCount: 1 }), /no address/);
  await refused(client.disassembleRequest({ memoryReference: "0x1", instructionCount: 1e9 }), /at most/);
  await refused(client.setExceptionBreakpointsRequest({ filters: ["odd"] }), /no exception filter/);
  await refused(client.customRequest("next", { threadId: 1, granularity: "leap" }), /granularity/);
  await refused(client.customRequest("stackTrace", [1, 2]), /must be an object/);
  await refused(client.launch({ program: BANK }), /launched already/);
  const { breakpoints } = (await breakAt(client, BANK, { line: 20, condition: "x >" }, { line: 20, hitCondition: "?" })).body;
  assert.deepEqual(breakpoints.map((it) => it.verified), [false, false]);
  assert.equal(await where(client), "<module> 1");
});

test("bytes that are no messages are answered and passed over", { timeout: 20000 }, async () => {
  const adapter = spawn(UNCOIL, ["dap"], { stdio: ["pipe", "pipe", "inherit"] });
  let out = "";
  adapter.stdout.on("data", (data) => (out += data));
  const send = (text) => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  adapter.stdin.write("what is this\r\n\r\n");
  adapter.stdin.write("Content-Length: many\r\n\r\n");
  adapter.stdin.write(send("{]"));
  adapter.stdin.write(send("[1]"));
  adapter.stdin.write(send('{"seq": 7, "type": "request"}'));
  adapter.stdin.write(send('{"seq": 8, "type": "request", "command": "initialize", "arguments": {"linesStartAt1": "yes"}}'));
  adapter.stdin.write(send('{"seq": 9, "type": "request", "command": "initialize"}'));
  adapter.stdin.end("Content-Length: 500\r\n\r\n{");
  const status = await new Promise((resolve) => adapter.on("exit", resolve));
  const bodies = [...out.matchAll(/\r\n\r\n(\{.*?\})(?=Content-Length|$)/gs)].map((it) => JSON.parse(it[1]));
  assert.deepEqual(bodies.map((it) => [it.request_seq, it.success]), [
    [0, false], [0, false], [0, false], [0, false], [7, false], [8, false], [9, true], [0, false],
  ]);
  assert.equal(status, 0);
});
