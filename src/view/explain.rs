//! THE table of Python errors in words: a sentence or two beside the traceback, for who doesn't know yet what it means.
//!
//! A row has a type, a pattern of the message and the words. `{}` in a pattern stands for any text; `{0}`, `{1}` … in the words are what stood
//! there. The first row that fits is taken, so the special comes before the general. The messages are CPython 3.11's.
//!
//! `NameError: name 'totl' is not defined` → Nothing is called `totl` when this line runs…

use super::Status;

/// Type, message, words.
type Row = (&'static str, &'static str, &'static str);

/// The error that ended a program, in words; empty if it didn't end so or the table doesn't know it.
pub fn of_status(status: &Status) -> String {
    match status {
        Status::Uncaught { type_name, message, .. } => explain(type_name, message).unwrap_or_default(),
        _ => String::new(),
    }
}

/// An exception in words.
pub fn explain(type_name: &str, message: &str) -> Option<String> {
    let message = message.lines().next().unwrap_or_default();
    ROWS.iter().filter(|row| row.0 == type_name).find_map(|row| Some(filled(row.2, &matched(row.1, message)?)))
}

/// What the `{}` of a pattern stand for, if a text fits it. Each takes as little as it can.
fn matched(pattern: &str, text: &str) -> Option<Vec<String>> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let at = match (piece, pieces.peek()) {
            ("", None) => rest.len(),
            (piece, None) => rest.len().checked_sub(piece.len()).filter(|&at| rest.is_char_boundary(at) && rest[at..] == *piece)?,
            (piece, Some(_)) => rest.find(piece)?,
        };
        found.push(rest[..at].to_owned());
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

fn filled(words: &str, found: &[String]) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, after)) = after.split_once('}') else { break };
        out += before;
        out += number.parse().ok().and_then(|index: usize| found.get(index)).map_or("", String::as_str);
        rest = after;
    }
    out + rest
}

#[rustfmt::skip]
static ROWS: &[Row] = &[
    // ── names
    ("UnboundLocalError", "cannot access local variable '{}' where it is not associated with a value",
        "`{0}` is assigned somewhere in this function, so it is local in all of it; on the way here it has not been assigned yet. If the global variable is meant, write `global {0}` first."),
    ("NameError", "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
        "`{0}` belongs to the function around this one, which has not given it a value yet, or has deleted it."),
    ("NameError", "name '{}' is not defined",
        "Nothing is called `{0}` when this line runs. Is it misspelled, assigned only further down, local to another function, or a text without its quotes?"),
    ("AttributeError", "'NoneType' object has no attribute '{}'",
        "What stands before `.{0}` is None. A function without `return`, a method such as `list.sort`, or a search that found nothing gave None, and it was taken for an object."),
    ("AttributeError", "module '{}' has no attribute '{}'",
        "The module `{0}` was found, but nothing in it is called `{1}`. Does a file of your own have the same name as the module?"),
    ("AttributeError", "partially initialized module '{}' has no attribute '{}' (most likely due to a circular import)",
        "`{0}` is still being imported and hasn't come to `{1}`: two modules import each other, or your file is called like the module it wants."),
    ("AttributeError", "type object '{}' has no attribute '{}'",
        "The class `{0}` itself has no `{1}`; perhaps only its instances do, after `__init__`."),
    ("AttributeError", "property '{}' of '{}' object has no setter",
        "`{0}` is a property that can be read but not assigned: its class defines no setter."),
    ("AttributeError", "'{}' object attribute '{}' is read-only",
        "`{1}` of a {0} cannot be changed."),
    ("AttributeError", "'{}' object has no attribute '{}'",
        "An object of the type {0} has nothing called `{1}`: it is misspelled, was never set in `__init__`, or the object is of another type than expected."),
    // ── calls
    ("TypeError", "{}() missing {} required positional argument{}: {}",
        "`{0}` was called with too few arguments. Missing: {3}. For a method, is it called on the class instead of an instance?"),
    ("TypeError", "{}() missing {} required keyword-only argument{}: {}",
        "`{0}` wants {3} by name: write the name and `=` in the call."),
    ("TypeError", "{}() takes {} positional argument{} but {} {} given",
        "`{0}` takes {1} argument{2} by position, and the call gives {3}. A method's `self` counts too: is it missing in the `def`?"),
    ("TypeError", "{}() takes no arguments ({} given)",
        "`{0}` takes no arguments, and the call gives {1}."),
    ("TypeError", "{}() takes exactly {} argument{} ({} given)",
        "`{0}` wants exactly {1} argument{2}, and the call gives {3}."),
    ("TypeError", "{}() takes no arguments",
        "`{0}` takes no arguments. If it is a class: has it an `__init__`, written with two underscores on each side?"),
    ("TypeError", "{}() got an unexpected keyword argument '{}'",
        "`{0}` has no parameter called `{1}`."),
    ("TypeError", "{}() got multiple values for argument '{}'",
        "`{1}` of `{0}` is given twice, by position and by name."),
    ("TypeError", "{}() got multiple values for keyword argument '{}'",
        "`{1}` of `{0}` is given twice, by name and in a `**` mapping."),
    ("TypeError", "'{}' object is not callable",
        "Something of the type {0} stands before the parentheses, and only functions, classes and the like can be called. Has a variable taken the name of a function, or is a comma or an operator missing?"),
    ("TypeError", "Can't instantiate abstract class {} with abstract method{} {}",
        "`{0}` is abstract: a subclass must define {2} before instances can be made."),
    // ── operators
    ("TypeError", "can only concatenate str (not \"{}\") to str",
        "`+` joins a text only with another text. Turn the {0} into one with `str(…)`, or use an f-string."),
    ("TypeError", "can only concatenate {} (not \"{}\") to {}",
        "`+` joins a {0} only with another {0}, not with a {1}."),
    ("TypeError", "unsupported operand type(s) for {}: 'NoneType' and '{}'",
        "The left side of `{0}` is None. Did a function forget to `return`?"),
    ("TypeError", "unsupported operand type(s) for {}: '{}' and 'NoneType'",
        "The right side of `{0}` is None. Did a function forget to `return`?"),
    ("TypeError", "unsupported operand type(s) for {}: '{}' and '{}'",
        "`{0}` is not defined between a {1} and a {2}. One of them may have to be converted, for example a text from `input()` with `int(…)`."),
    ("TypeError", "can't multiply sequence by non-int of type '{}'",
        "A text or a list can be repeated only by a whole number, not by a {0}."),
    ("TypeError", "bad operand type for unary {}: '{}'",
        "The sign `{0}` cannot stand before a {1}."),
    ("TypeError", "bad operand type for {}: '{}'",
        "{0} is not defined for a {1}."),
    ("TypeError", "'{}' not supported between instances of '{}' and '{}'",
        "Python cannot order a {1} and a {2} with `{0}`: the types are too different. Convert one of them."),
    // ── containers
    ("TypeError", "'NoneType' object is not subscriptable",
        "What stands before the brackets is None, which has no items. Did a function forget to `return`?"),
    ("TypeError", "'{}' object is not subscriptable",
        "A {0} has no items that brackets could pick. If it is a function, it must be called with parentheses."),
    ("TypeError", "'{}' object does not support item assignment",
        "The items of a {0} cannot be changed. Make a new one, or use a list."),
    ("TypeError", "'{}' object doesn't support item deletion",
        "Items of a {0} cannot be deleted."),
    ("TypeError", "'NoneType' object is not iterable",
        "A loop or an unpacking was given None instead of something with items. Did a function forget to `return`?"),
    ("TypeError", "'{}' object is not iterable",
        "A {0} has no items to go through one by one. To count up to a number n, use `range(n)`."),
    ("TypeError", "'{}' object is not an iterator",
        "`next` wants an iterator, which remembers where it is. Make one of the {0} with `iter(…)`."),
    ("TypeError", "argument of type '{}' is not iterable",
        "`in` was asked of a {0}, in which nothing can be looked for."),
    ("TypeError", "cannot unpack non-iterable {} object",
        "Several names on the left want several values, but the right side is a single {0}."),
    ("TypeError", "unhashable type: '{}'",
        "A {0} can change, so it cannot be a key of a dict or an item of a set. A tuple can."),
    ("TypeError", "{} indices must be integers or slices, not {}",
        "Items of a {0} are numbered: the index must be a whole number, not a {1}. Is a dict meant?"),
    ("TypeError", "{} indices must be integers, not '{}'",
        "The characters of a text are numbered: the index must be a whole number, not a {1}. Is this a text where a dict was expected?"),
    ("TypeError", "object of type '{}' has no len()",
        "A {0} has no length."),
    ("TypeError", "'{}' object cannot be interpreted as an integer",
        "A whole number is needed here, and a {0} is none. Division with `/` always gives a float; `//` gives a whole number."),
    ("TypeError", "'{}' object does not support the context manager protocol",
        "`with` needs something that can be opened and closed, with `__enter__` and `__exit__`; a {0} has neither."),
    ("TypeError", "sequence item {}: expected str instance, {} found",
        "`join` puts texts together, and item {0} is a {1}. Convert the items with `str(…)` first."),
    ("TypeError", "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        "`int` cannot make a number of a {0}."),
    ("TypeError", "exceptions must derive from BaseException",
        "Only exceptions can be raised: an instance or a class such as `ValueError(\"…\")`, not a text."),
    ("TypeError", "catching classes that do not inherit from BaseException is not allowed",
        "What stands after `except` must be a class of exceptions, or a tuple of them."),
    ("IndexError", "list index out of range",
        "The list has no item with that number. The first is 0 and the last is its length minus 1; an empty list has none."),
    ("IndexError", "tuple index out of range",
        "The tuple has no item with that number. The first is 0 and the last is its length minus 1."),
    ("IndexError", "string index out of range",
        "The text has no character with that number. The first is 0 and the last is its length minus 1; an empty text has none."),
    ("IndexError", "list assignment index out of range",
        "Only an item that is there can be replaced. To add one at the end use `append`."),
    ("IndexError", "pop from empty list",
        "There is nothing left to take out of the list. Ask first whether it is empty."),
    ("IndexError", "{} index out of range",
        "There is no item with that number: the first is 0 and the last is the length minus 1."),
    ("KeyError", "{}",
        "The key {0} is not there. `in` asks whether a key is in a dict, and `d.get(key)` gives None instead of this error."),
    // ── values
    ("ZeroDivisionError", "{}",
        "Something is divided by zero, or its remainder by zero is asked for. Look at what the right side is at this step."),
    ("ValueError", "invalid literal for int() with base {}: ''",
        "An empty text is no whole number. Did `input()` get an empty line?"),
    ("ValueError", "invalid literal for int() with base {}: {}",
        "The text {1} doesn't spell a whole number. A number with a point needs `float`."),
    ("ValueError", "could not convert string to float: {}",
        "The text {0} doesn't spell a number."),
    ("ValueError", "not enough values to unpack (expected {}, got {})",
        "There are more names on the left ({0}) than values on the right ({1})."),
    ("ValueError", "too many values to unpack (expected {})",
        "There are more values on the right than names on the left ({0}). A name with a star takes all the rest."),
    ("ValueError", "list.remove(x): x not in list",
        "`remove` was asked to take out something that is not in the list."),
    ("ValueError", "{} is not in {}",
        "{0} was looked for, and it is not there. Ask with `in` first."),
    ("ValueError", "substring not found",
        "`index` did not find the text. `find` gives -1 instead of an error."),
    ("ValueError", "{}() arg is an empty sequence",
        "`{0}` of nothing is not defined. Give it a `default=`."),
    ("ValueError", "math domain error",
        "The function of `math` has no result for this number, such as the square root of a negative one."),
    ("ValueError", "I/O operation on closed file.",
        "The file has been closed already: the `with` block that opened it is over."),
    ("OverflowError", "{}",
        "The result is too large for a float. Whole numbers have no such limit."),
    ("AssertionError", "{}",
        "An `assert` found false what the program relies on. Look at the values in its condition at this step."),
    ("RecursionError", "{}",
        "A function has called itself, directly or by way of others, as often as the recursion limit allows (1000, if nobody has set it), without coming to an end. What should stop it is missing or never true."),
    ("MemoryError", "{}",
        "The program wanted more memory than it may have."),
    ("StopIteration", "{}",
        "`next` was asked of an iterator that has nothing left. `next(it, default)` gives a value instead."),
    ("RuntimeError", "dictionary changed size during iteration",
        "A dict must not get or lose keys while a loop goes through it. Go through a copy: `list(d)`."),
    ("RuntimeError", "Set changed size during iteration",
        "A set must not get or lose items while a loop goes through it. Go through a copy: `list(s)`."),
    ("RuntimeError", "generator raised StopIteration",
        "A StopIteration came up inside a generator, mostly from `next` without a default. To end a generator, use `return`."),
    ("RuntimeError", "No active exception to reraise",
        "`raise` alone raises the handled exception again, and none is being handled here."),
    ("NotImplementedError", "{}",
        "This method is only a placeholder: a subclass is meant to define it."),
    ("EOFError", "{}",
        "`input()` was asked for a line, and the input has come to its end."),
    ("KeyboardInterrupt", "{}",
        "The program was interrupted from the keyboard."),
    // ── modules and files
    ("ModuleNotFoundError", "No module named '{}'",
        "Python found no module called `{0}`: it is misspelled, not installed, not beside the program, or one that uncoil does not have."),
    ("ImportError", "cannot import name '{}' from partially initialized module '{}' {}",
        "`{1}` is still being imported and hasn't come to `{0}`: two modules import each other."),
    ("ImportError", "cannot import name '{}' from '{}' {}",
        "The module `{1}` was found, but nothing in it is called `{0}`."),
    ("FileNotFoundError", "[Errno 2] No such file or directory: {}",
        "There is no file {0}, seen from the folder in which the program was started."),
    ("PermissionError", "[Errno 13] Permission denied: {}",
        "The file {0} is there, but this user may not open it so."),
    ("IsADirectoryError", "[Errno 21] Is a directory: {}",
        "{0} is a folder, and a file is wanted."),
    ("FileExistsError", "[Errno 17] File exists: {}",
        "{0} is there already."),
    ("UnicodeDecodeError", "{}",
        "The bytes are not text in this encoding. Open the file with the right `encoding=`, or as bytes with \"rb\"."),
    ("UnicodeEncodeError", "{}",
        "The text has a character that this encoding cannot write. \"utf-8\" can write all of them."),
    // ── the program's text
    ("SyntaxError", "'{}' was never closed",
        "The bracket `{0}` that is marked has no partner. Python read on to the end of the file looking for it."),
    ("SyntaxError", "unmatched '{}'",
        "The bracket `{0}` closes something that was never opened, or that is closed already."),
    ("SyntaxError", "closing parenthesis '{}' does not match opening parenthesis '{}'{}",
        "`{1}` was opened, and `{0}` is of another kind. One of the two is wrong, or one is missing in between."),
    ("SyntaxError", "unterminated string literal (detected at line {})",
        "The text begins with a quote and the line ends before another. A text over several lines needs three quotes."),
    ("SyntaxError", "unterminated triple-quoted string literal (detected at line {})",
        "The text begins with three quotes, and the file ends without another three."),
    ("SyntaxError", "expected ':'",
        "`if`, `for`, `while`, `def`, `class` and the like end with a colon, and it is missing here."),
    ("SyntaxError", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        "One `=` assigns, two compare. In a condition it is nearly always `==`."),
    ("SyntaxError", "cannot assign to {} here. Maybe you meant '==' instead of '='?",
        "`=` gives a name to a value, and what stands on its left, a {0}, can't be named. To compare, write `==`."),
    ("SyntaxError", "cannot assign to {}",
        "`=` needs a name, an attribute or an item on its left; {0} is none of them."),
    ("SyntaxError", "cannot delete {}",
        "`del` takes names, attributes and items away; {0} is none of them."),
    ("SyntaxError", "invalid syntax. Perhaps you forgot a comma?",
        "Two values stand side by side with nothing between them: a comma or an operator is missing, or a quote is at the wrong place."),
    ("SyntaxError", "Missing parentheses in call to '{}'. Did you mean {}",
        "In Python 3 `{0}` is a function: what it gets goes in parentheses."),
    ("SyntaxError", "'return' outside function",
        "`return` gives a result back to a caller, so it must stand inside a `def`. Is the line indented far enough?"),
    ("SyntaxError", "'{}' outside loop",
        "`{0}` works inside a loop only. Is the line indented far enough?"),
    ("SyntaxError", "'continue' not properly in loop",
        "`continue` works inside a loop only. Is the line indented far enough?"),
    ("SyntaxError", "'await' outside {}",
        "`await` may be used only in a function that begins with `async def`."),
    ("SyntaxError", "'{}' outside function",
        "`{0}` works inside a function only."),
    ("SyntaxError", "positional argument follows keyword argument{}",
        "In a call, arguments without a name come first and those with a name after them."),
    ("SyntaxError", "non-default argument follows default argument",
        "In a `def`, parameters without a default come first and those with one after them."),
    ("SyntaxError", "name '{}' is used prior to global declaration",
        "`global {0}` must stand before the first use of `{0}` in the function."),
    ("SyntaxError", "name '{}' is assigned to before global declaration",
        "`global {0}` must stand before the first use of `{0}` in the function."),
    ("SyntaxError", "duplicate argument '{}' in function definition",
        "Two parameters have the same name `{0}`."),
    ("SyntaxError", "invalid decimal literal",
        "A number is followed by letters. Names can't begin with a digit."),
    ("SyntaxError", "leading zeros in decimal integer literals are not permitted; {}",
        "A whole number may not begin with 0. For base eight write 0o before it."),
    ("SyntaxError", "invalid character '{}' {}",
        "`{0}` looks like a sign that Python knows but is another character, often a curly quote or a dash from a text processor."),
    ("SyntaxError", "invalid non-printable character {}",
        "There is an invisible character in the line, often pasted from a web page. Type the line anew."),
    ("SyntaxError", "expected '{}'",
        "Something has to be here: `{0}`."),
    ("SyntaxError", "expected 'except' or 'finally' block",
        "A `try` needs an `except` or a `finally` on the same level as itself."),
    ("SyntaxError", "f-string: {}",
        "What stands in the braces of an f-string must be an expression; a brace itself is written twice."),
    ("SyntaxError", "unexpected character after line continuation character",
        "A backslash joins this line with the next one, and nothing may stand behind it."),
    ("SyntaxError", "invalid syntax",
        "Python can't read on from the marked place. The cause is there or just before: a missing bracket, quote, comma or operator, or a keyword used as a name."),
    ("IndentationError", "expected an indented block after {}",
        "After {0} a line that is indented further must follow. If there is nothing to do, write `pass`."),
    ("IndentationError", "unexpected indent",
        "The line is indented further than the one before it, and nothing there opens a block."),
    ("IndentationError", "unindent does not match any outer indentation level",
        "The line goes back to the left, but not to where any line around it begins."),
    ("TabError", "{}",
        "Tabs and blanks are mixed, so that Python can't tell how far the lines are indented. Use four blanks."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        assert_eq!(matched("name '{}' is {}", "name 'x' is odd"), Some(vec!["x".into(), "odd".into()]));
        assert_eq!(matched("{}", ""), Some(vec![String::new()]));
        assert_eq!(matched("'{}' closed", "'(' open"), None);
        assert_eq!(matched("exact", "exactly"), None);
    }

    #[test]
    fn the_special_comes_before_the_general() {
        let of = |type_name, message| explain(type_name, message).unwrap_or_default();
        assert!(of("AttributeError", "'NoneType' object has no attribute 'x'").contains("is None"));
        assert!(of("AttributeError", "'int' object has no attribute 'x'").contains("type int"));
        assert!(of("TypeError", "f() missing 2 required positional arguments: 'a' and 'b'").contains("Missing: 'a' and 'b'"));
        assert!(of("TypeError", "f() takes from 1 to 2 positional arguments but 3 were given").contains("takes from 1 to 2 arguments"));
        assert_eq!(explain("MyError", "x"), None);
    }

    #[test]
    fn words_fit_their_patterns_and_no_row_is_in_the_shade() {
        for (index, (type_name, pattern, words)) in ROWS.iter().enumerate() {
            let holes = pattern.matches("{}").count();
            for piece in words.split('{').skip(1) {
                let number: usize = piece.split('}').next().and_then(|text| text.parse().ok()).expect(words);
                assert!(number < holes, "{words}");
            }
            assert!(words.ends_with(['.', '?']), "{words}");
            let example = pattern.replace("{}", "q7");
            let first = ROWS.iter().position(|row| row.0 == *type_name && matched(row.1, &example).is_some());
            assert_eq!(first, Some(index), "{type_name}: {pattern}");
        }
    }
}
