//! THE table of sentences: for each opcode what it will do and what it has done, to a student and to a novice.
//!
//! ```text
//!   student   BINARY_OP + popped 3 and 4, pushed a new int 7 (refcount 1)
//!   novice    worked out 3 + 4: it is 7
//! ```
//!
//! The words in braces are filled in by [`super::Words::fill`]. A novice's sentence names no instruction. Every opcode has a row; a test
//! holds it.

use crate::bytecode::opcode::Op;

/// Opcodes; what they will do and have done, to a student, then to a novice.
pub(super) struct Row {
    pub ops: &'static [Op],
    pub next: &'static str,
    pub done: &'static str,
    pub novice_next: &'static str,
    pub novice_done: &'static str,
}

pub(super) fn row(op: Op) -> Option<&'static Row> {
    SENTENCES.iter().find(|row| row.ops.contains(&op))
}

macro_rules! sentences {
    ($([$($op:ident)*] $next:literal, $done:literal; $novice_next:literal, $novice_done:literal;)*) => {
        &[$(Row { ops: &[$(Op::$op),*], next: $next, done: $done, novice_next: $novice_next, novice_done: $novice_done }),*]
    };
}

#[rustfmt::skip]
static SENTENCES: &[Row] = sentences! {
    // opcodes                     student: next, done;
    //                             novice: next, done;
    [RESUME]
        "will {begin} {frame}; it does nothing else", "{began} {frame}";
        "{frame} is about to {begin_words}", "{frame} {began_words}";
    [NOP]
        "will do nothing", "did nothing";
        "nothing to do here: the line only opens a block", "nothing was to be done";
    [CACHE EXTENDED_ARG]
        "belongs to the instruction beside it", "belonged to the instruction beside it";
        "a part of the next step", "a part of the next step";
    [POP_TOP]
        "will drop {1}", "dropped {1}{freed}";
        "{1} is not needed any more and will be dropped", "dropped {1}, which nobody wanted{freed}";
    [PUSH_NULL]
        "will push NULL: the call has no self", "pushed NULL: the call has no self";
        "gets ready to call a function", "got ready to call a function";
    [COPY]
        "will push {copied} once more", "pushed {got} once more";
        "{copied} is needed twice: it is put on top once more", "put {result} on top once more";
    [SWAP]
        "will exchange {1} and {copied}", "exchanged {1} and {copied}";
        "{1} and {copied} will change places", "{1} and {copied} changed places";
    [LOAD_CONST]
        "will push {value}", "pushed {got}";
        "takes {value}, a constant of this code", "took {result}, a constant of this code";
    [LOAD_FAST LOAD_DEREF LOAD_CLASSDEREF]
        "{arg} will push {value}", "{arg} pushed {got}";
        "takes the value of `{arg}`: {value}", "took the value of `{arg}`: {result}";
    [LOAD_CLOSURE]
        "{arg} will push the cell of {arg}: {value}", "{arg} pushed {got}";
        "takes the box of `{arg}`, to share it with an inner function", "took the box of `{arg}`, to share it with an inner function";
    [LOAD_NAME LOAD_GLOBAL]
        "{name} will look up {name} and push {value}", "{name} found {name} and pushed {got}";
        "looks up the name `{name}`: {value}", "looked up the name `{name}`: {result}";
    [STORE_FAST STORE_NAME STORE_GLOBAL STORE_DEREF]
        "{arg} will pop {1} into {arg}", "{arg} popped {1} into {arg}{freed}";
        "`{arg}` will be a name for {1}", "`{arg}` is a name for {1} now{freed}";
    [DELETE_FAST DELETE_NAME DELETE_GLOBAL DELETE_DEREF]
        "{arg} will unbind {arg}", "{arg} unbound {arg}{freed}";
        "takes the name `{arg}` away", "the name `{arg}` is gone{freed}";
    [SETUP_ANNOTATIONS]
        "will make __annotations__, if there is none", "made sure that there is __annotations__";
        "gets ready to note the types written beside names", "got ready to note the types written beside names";
    [LOAD_ATTR]
        "{arg} will pop {1} and push its attribute {arg}", "{arg} popped {1}, pushed {got}";
        "looks up `{arg}` of {1}", "looked up `{arg}` of {1}: {result}";
    [LOAD_METHOD]
        "{arg} will look up the method {arg} of {1}", "{arg} found {method}";
        "looks for the method `{arg}` of {1}", "found the method `{arg}` of {1}";
    [STORE_ATTR]
        "{arg} will pop {1} and {2}: {1}.{arg} = {2}", "{arg} set {1}.{arg} to {2}{freed}";
        "`{arg}` of {1} will be {2}", "`{arg}` of {1} is {2} now{freed}";
    [DELETE_ATTR]
        "{arg} will delete {1}.{arg}", "{arg} deleted {1}.{arg}{freed}";
        "takes `{arg}` of {1} away", "`{arg}` of {1} is gone{freed}";
    [BINARY_OP]
        "{arg} will pop {2} and {1} and push {2} {operator} {1}", "{arg} popped {2} and {1}, pushed {got}";
        "works out {2} {operator} {1}", "worked out {2} {operator} {1}: it is {result}";
    [COMPARE_OP]
        "{arg} will pop {2} and {1} and push whether {2} {arg} {1}", "{arg}: {2} {arg} {1} is {top}";
        "asks whether {2} {arg} {1}", "asked whether {2} {arg} {1}: {yes}";
    [IS_OP]
        "will pop {2} and {1} and push whether they {be} the same object", "{2} and {1}: pushed {top}";
        "asks whether {2} and {1} {be} the same object", "asked whether {2} and {1} {be} the same object: {yes}";
    [CONTAINS_OP]
        "will pop {2} and {1} and push whether {2} {be} in {1}", "{2} in {1}: pushed {top}";
        "asks whether {2} {be} in {1}", "asked whether {2} {be} in {1}: {yes}";
    [UNARY_NOT UNARY_NEGATIVE UNARY_POSITIVE UNARY_INVERT]
        "will pop {1} and push {operator}{1}", "popped {1}, pushed {got}";
        "works out {operator}{1}", "worked out {operator}{1}: it is {result}";
    [BINARY_SUBSCR]
        "will pop {2} and {1} and push {2}[{1}]", "popped {2} and {1}, pushed {got}";
        "takes the item at {1} out of {2}", "took the item at {1} out of {2}: {result}";
    [STORE_SUBSCR]
        "will pop three values: {2}[{1}] = {3}", "set {2}[{1}] to {3}{freed}";
        "puts {3} into {2} at {1}", "put {3} into {2} at {1}{freed}";
    [DELETE_SUBSCR]
        "will delete {2}[{1}]", "deleted {2}[{1}]{freed}";
        "takes the item at {1} out of {2} for good", "the item at {1} of {2} is gone{freed}";
    [BUILD_LIST BUILD_TUPLE BUILD_SET BUILD_MAP BUILD_STRING BUILD_CONST_KEY_MAP BUILD_SLICE]
        "will pop {popped} and push a new {built}", "popped {popped}, pushed {got}";
        "makes a new {built} of {parts}", "made a new {built}: {result}";
    [LIST_APPEND]
        "will pop {1} and append it to the list", "appended {1} to the list";
        "adds {1} at the end of the new list", "added {1} at the end of the new list";
    [SET_ADD]
        "will pop {1} and add it to the set", "added {1} to the set";
        "adds {1} to the new set", "added {1} to the new set";
    [MAP_ADD]
        "will pop {2} and {1} and store them in the dict", "stored {2}: {1} in the dict";
        "adds {2}: {1} to the new dict", "added {2}: {1} to the new dict";
    [LIST_EXTEND SET_UPDATE DICT_UPDATE DICT_MERGE]
        "will pop {1} and put all its items in", "put all of {1} in";
        "puts all items of {1} in", "put all items of {1} in";
    [LIST_TO_TUPLE]
        "will pop {1} and push a tuple of its items", "popped {1}, pushed {got}";
        "makes a tuple of {1}", "made a tuple: {result}";
    [UNPACK_SEQUENCE UNPACK_EX]
        "will pop {1} and push its items", "popped {1} and pushed its items";
        "takes {1} apart", "took {1} apart, an item for each name";
    [FORMAT_VALUE]
        "will pop {formatted} and push it as text", "popped {formatted}, pushed {got}";
        "turns {formatted} into text", "turned {formatted} into text: {result}";
    [GET_ITER GET_YIELD_FROM_ITER]
        "will pop {1} and push an iterator over it", "popped {1}, pushed {got}";
        "gets ready to go through {1}, item by item", "got ready to go through {1}, item by item";
    [FOR_ITER]
        "will ask {1} for its next item; with none left it jumps to {target}", "{item}";
        "asks for the next item; with none left the loop is over", "{novice_item}";
    [SEND]
        "will send {1} to {2}", "sent {1} to {2}";
        "asks {2} to go on", "asked {2} to go on";
    [GET_AWAITABLE]
        "will pop {1} and push what waiting for it goes through", "popped {1}, pushed {got}";
        "gets ready to wait for {1}", "got ready to wait for {1}";
    [GET_AITER]
        "will pop {1} and push {1}.__aiter__()", "popped {1}, pushed {got}";
        "gets ready to go through {1}, waiting for each item", "got ready to go through {1}, waiting for each item";
    [GET_ANEXT]
        "will push the awaitable of {1}.__anext__()", "pushed {got}";
        "asks for the next item, which must be waited for", "asked for the next item, which must be waited for";
    [END_ASYNC_FOR]
        "will end the loop if {1} is StopAsyncIteration, else raise it again", "ended the loop";
        "the loop ends, or an error goes on", "the loop is over";
    [BEFORE_ASYNC_WITH]
        "will call {1}.__aenter__() and keep its __aexit__", "called __aenter__ of {1}";
        "opens {1}, and notes how to close it", "began to open {1}";
    [ASYNC_GEN_WRAP]
        "will wrap {1}, to hand it out", "wrapped {1}, to hand it out";
        "gets ready to hand out {1}", "got ready to hand out {1}";
    [JUMP_FORWARD JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT]
        "will jump to {target}", "jumped to {target}";
        "goes {way}{to_line}", "went {way}{to_line}";
    [POP_JUMP_FORWARD_IF_FALSE POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_BACKWARD_IF_TRUE
     POP_JUMP_FORWARD_IF_NONE POP_JUMP_BACKWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE POP_JUMP_BACKWARD_IF_NOT_NONE]
        "will pop {1} and {jump}", "popped {1}, {jumped}";
        "looks at {1} and decides where to go on", "looked at {1} and {novice_jumped}";
    [JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP]
        "looks at {1}: will {jump}", "looked at {1}, {jumped}";
        "looks at {1}: is the other side of the `{and_or}` needed?", "looked at {1}: the other side of the `{and_or}` {needed}";
    [PRECALL]
        "prepares the call of {callable}", "prepared the call of {callable}";
        "gets ready to call {callable}", "got ready to call {callable}";
    [KW_NAMES]
        "will name the last arguments: {value}", "named the last arguments";
        "notes the names of the last arguments: {value}", "noted the names of the last arguments";
    [CALL CALL_FUNCTION_EX]
        "will call {callable}{with}", "{called}";
        "calls {callable}{with}", "{novice_called}";
    [MAKE_FUNCTION]
        "will make a function of {1}", "pushed {got}";
        "makes a function; its code does not run yet", "made {result}; its code has not run yet";
    [MAKE_CELL]
        "{arg} will put {arg} into a cell, to share it with inner functions", "{arg} is in a cell now";
        "puts `{arg}` into a box, to share it with an inner function", "`{arg}` is in a box now, shared with an inner function";
    [COPY_FREE_VARS]
        "will bring the shared cells into the frame", "brought the shared cells into the frame";
        "brings in what {frame} shares with the function around it", "brought in what {frame} shares with the function around it";
    [LOAD_BUILD_CLASS]
        "will push the function that builds a class", "pushed the function that builds a class";
        "gets ready to make a class", "got ready to make a class";
    [LOAD_ASSERTION_ERROR]
        "will push the class AssertionError", "pushed the class AssertionError";
        "the assertion has failed: fetches the error for it", "the assertion has failed: fetched the error for it";
    [RETURN_VALUE]
        "will return {1} to {caller}", "returned {1}; the frame of {frame} is gone{freed}";
        "{frame} ends and gives back {1}", "{frame} has ended and gave back {1}{freed}";
    [RETURN_GENERATOR]
        "will turn this frame into a generator and return that", "turned the frame into a generator";
        "{frame} does not run yet: it becomes a generator, which waits", "{frame} waits as a generator; none of its lines has run";
    [YIELD_VALUE]
        "will yield {1} and wait", "yielded {1}; {frame} waits";
        "{frame} hands out {1} and waits", "{frame} handed out {1} and waits";
    [PRINT_EXPR]
        "will pop {1} and show it at the prompt", "showed {1} at the prompt";
        "shows {1}", "showed {1}";
    [RAISE_VARARGS]
        "will raise {exception}", "raised {exception}";
        "raises an error: {exception}", "raised an error: {exception}";
    [RERAISE]
        "will raise {1} again", "raised {1} again";
        "the error goes on: {1}", "the error went on: {1}";
    [PUSH_EXC_INFO]
        "will make {1} the exception being handled", "{1} is being handled now";
        "an error has arrived here: {1}", "begins to deal with the error {1}";
    [POP_EXCEPT]
        "will end the handling of the exception", "the exception is no longer handled";
        "the error is dealt with", "the error is dealt with{freed}";
    [CHECK_EXC_MATCH]
        "will push whether {2} is a {1}", "{2} matches {1}: {top}";
        "asks whether the error {2} is of the kind {1}", "asked whether the error {2} is of the kind {1}: {yes}";
    [CHECK_EG_MATCH]
        "will split {2} by {1}", "split {2}: {top} matches {1}";
        "picks the errors of the kind {1} out of {2}", "picked the errors of the kind {1}: {result}";
    [PREP_RERAISE_STAR]
        "will put together what `except*` left over", "put together what `except*` left over: {top}";
        "collects the errors that are left over", "collected the errors that are left over: {result}";
    [BEFORE_WITH]
        "will call {1}.__enter__() and keep its __exit__", "called __enter__ of {1}";
        "opens {1}, and notes how to close it", "opened {1}, and noted how to close it";
    [WITH_EXCEPT_START]
        "will call the __exit__ of the `with` with {1}", "called the __exit__ of the `with` with {1}";
        "the `with` is left by an error: what it opened is told", "the `with` is left by an error: what it opened was told";
    [GET_LEN]
        "will push the length of {1}", "pushed {got}, the length of {1}";
        "asks how long {1} is", "asked how long {1} is: {result}";
    [MATCH_MAPPING]
        "will push whether {1} is a mapping", "{1} is a mapping: {top}";
        "asks whether {1} is something like a dict", "asked whether {1} is something like a dict: {yes}";
    [MATCH_SEQUENCE]
        "will push whether {1} is a sequence", "{1} is a sequence: {top}";
        "asks whether {1} is something like a list", "asked whether {1} is something like a list: {yes}";
    [MATCH_KEYS]
        "will look the keys {1} up in {2}", "looked the keys {1} up in {2}: {top}";
        "looks in {2} for {1}", "looked in {2} for {1}: {result}";
    [MATCH_CLASS]
        "will push the attributes {1} of {3} if it is a {2}", "matched {3} with {2}: {top}";
        "asks whether {3} is a {2}, and takes what the pattern names", "asked whether {3} fits {2}: {result}";
    [IMPORT_NAME]
        "{arg} will import the module {arg}", "{arg} pushed {got}";
        "fetches the module `{arg}`; the first time its file is run", "{novice_import}";
    [IMPORT_FROM]
        "{arg} will take {arg} out of {1}", "{arg} pushed {got}";
        "takes `{arg}` out of {1}", "took `{arg}` out of {1}: {result}";
    [IMPORT_STAR]
        "will copy the public names of {1}", "copied the public names of {1}";
        "takes all public names out of {1}", "took all public names out of {1}";
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opcode_has_one_row() {
        for op in Op::ALL {
            assert_eq!(SENTENCES.iter().filter(|row| row.ops.contains(op)).count(), 1, "{}", op.name());
        }
    }

    #[test]
    fn a_novice_hears_of_no_machinery() {
        for row in SENTENCES {
            for text in [row.novice_next, row.novice_done] {
                for word in ["push", "pop", "stack", "refcount", "offset", "{got}", "{target}"] {
                    assert!(!text.contains(word), "{text}");
                }
            }
        }
    }
}
