//! From a pattern's text to its tree.
//!
//! ```text
//!   (?P<word>\w+)|[^a-c]{2,}    →    alternatives of a group with a repetition, and a repetition of a set
//! ```
//!
//! Texts and positions of errors are CPython 3.11's; what it only warns of is collected. Counterpart: `re._parser`.

use super::{
    escape,
    flags::{fix_flags, flag_of},
    source::{Failure, Source, Token, is_identifier, with_repr, with_text},
    tree::{Item, Node, Repeating, Sequence, width},
};
use crate::{
    stdlib::_sre::opcodes::{MAX_GROUPS, MAX_REPEAT, at, flag},
    text::{PyStr, repr, unicode},
};

/// Which warning, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    Future(String),
    Deprecation(PyStr),
}

/// What is known while a pattern is read.
#[derive(Debug, Default)]
pub struct State {
    pub flags: u32,
    /// Names and numbers of groups, in order.
    pub names: Vec<(PyStr, u32)>,
    /// Width of each group, once it is closed; the first stands for the whole pattern.
    pub widths: Vec<Option<(u64, u64)>>,
    /// Inside of a lookbehind: the number of groups when it began.
    pub behind: Option<u32>,
    /// Groups that conditions ask for, and where.
    references: Vec<(u32, usize)>,
    pub warnings: Vec<Warning>,
}

pub struct Parsed {
    pub tree: Sequence,
    pub state: State,
}

/// Groups nested deeper than that are an error, as CPython's recursion limit makes it.
const DEEPEST: usize = 470;

/// What is wrong, and what was to be warned of before.
#[derive(Debug)]
pub struct Failed {
    pub failure: Failure,
    pub warnings: Vec<Warning>,
}

pub fn parse(text: &[u32], is_text: bool, flags: u32) -> Result<Parsed, Failed> {
    let early = |failure| Failed { failure, warnings: Vec::new() };
    let mut parser = Parser::new(text, is_text, flags).map_err(early)?;
    match parser.whole(flags) {
        Ok(tree) => Ok(Parsed { tree, state: parser.state }),
        Err(failure) => Err(Failed { failure, warnings: parser.state.warnings }),
    }
}

pub(super) struct Parser<'a> {
    pub(super) source: Source<'a>,
    pub(super) state: State,
}

/// The least number of groups is one: the whole pattern.
fn new_state(flags: u32) -> State {
    State { flags, widths: vec![None], ..State::default() }
}

impl State {
    pub fn groups(&self) -> u32 {
        self.widths.len() as u32
    }

    pub fn group_named(&self, name: &PyStr) -> Option<u32> {
        self.names.iter().find(|(other, _)| other == name).map(|&(_, number)| number)
    }

    /// Is the group closed?
    pub fn is_closed(&self, group: u32) -> bool {
        self.widths.get(group as usize).is_some_and(Option::is_some)
    }

    /// May a lookbehind refer to the group?
    pub fn check_behind(&self, group: u32, source: &Source<'_>) -> Result<(), Failure> {
        let Some(behind) = self.behind else { return Ok(()) };
        if !self.is_closed(group) {
            return Err(source.error("cannot refer to an open group", 0));
        }
        if group >= behind {
            return Err(source.error("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }

    fn open(&mut self, name: Option<&PyStr>, source: &Source<'_>) -> Result<u32, Failure> {
        let number = self.groups();
        if let Some(name) = name {
            if let Some(old) = self.group_named(name) {
                let message = with_repr("redefinition of group name ", name);
                let message = message.concat(&format!(" as group {number}; was group {old}").into());
                return Err(source.error(message, name.len() + 1));
            }
            self.names.push((name.clone(), number));
        }
        self.widths.push(None);
        Ok(number)
    }
}

pub(super) fn as_char(token: Token) -> char {
    match token {
        Token::Char(c) => char::from_u32(c).unwrap_or('\0'),
        Token::Escape(_) => '\0',
    }
}

impl<'a> Parser<'a> {
    fn new(text: &'a [u32], is_text: bool, flags: u32) -> Result<Parser<'a>, Failure> {
        Ok(Parser { source: Source::new(text, is_text)?, state: new_state(flags) })
    }

    fn whole(&mut self, flags: u32) -> Result<Sequence, Failure> {
        let tree = self.alternatives(flags & flag::VERBOSE != 0, 0)?;
        self.state.flags = fix_flags(self.source.is_text, self.state.flags)?;
        if self.source.next.is_some() {
            return Err(self.source.error("unbalanced parenthesis", 0));
        }
        if let Some(&(group, position)) = self.state.references.iter().find(|(group, _)| *group >= self.state.groups()) {
            return Err(Failure::Pattern(format!("invalid group reference {group}").into(), Some(position)));
        }
        Ok(tree)
    }

    /// Branches between `|`.
    fn alternatives(&mut self, mut verbose: bool, depth: usize) -> Result<Sequence, Failure> {
        if depth > DEEPEST {
            return Err(Failure::Recursion);
        }
        let mut branches = Vec::new();
        loop {
            branches.push(self.sequence(verbose, depth, depth == 0 && branches.is_empty())?);
            if !self.source.matches('|')? {
                break;
            }
            if depth == 0 {
                verbose = self.state.flags & flag::VERBOSE != 0;
            }
        }
        if branches.len() == 1 {
            return Ok(branches.pop().unwrap_or_default());
        }
        let mut sequence = Sequence::new();
        while let Some(first) = branches[0].first()
            && branches.iter().all(|branch| branch.first().is_some_and(|node| node.same(first)))
        {
            sequence.push(branches[0].remove(0));
            branches[1..].iter_mut().for_each(|branch| drop(branch.remove(0)));
        }
        match one_set(&branches) {
            Some(set) => sequence.push(Node::Set(set)),
            None => sequence.push(Node::Branch(branches)),
        }
        Ok(sequence)
    }

    fn sequence(&mut self, mut verbose: bool, depth: usize, first: bool) -> Result<Sequence, Failure> {
        let mut nodes = Sequence::new();
        while let Some(this) = self.source.next {
            if this.is('|') || this.is(')') {
                break;
            }
            self.source.get()?;
            if verbose {
                if matches!(this, Token::Char(c) if matches!(c, 9..=13 | 32)) {
                    continue;
                }
                if this.is('#') {
                    while let Some(token) = self.source.get()? {
                        if token.is('\n') {
                            break;
                        }
                    }
                    continue;
                }
            }
            match this {
                Token::Escape(c) => nodes.push(escape::outside(&mut self.source, c, &self.state)?),
                Token::Char(c) => match char::from_u32(c) {
                    Some('[') => nodes.push(self.set()?),
                    Some(sign @ ('*' | '+' | '?' | '{')) => self.repeat(sign, &mut nodes)?,
                    Some('.') => nodes.push(Node::Any),
                    Some('(') => {
                        if let Some(node) = self.group(&mut verbose, depth, first && nodes.is_empty())? {
                            nodes.push(node);
                        }
                    }
                    Some('^') => nodes.push(Node::At(at::BEGINNING)),
                    Some('$') => nodes.push(Node::At(at::END)),
                    _ => nodes.push(Node::Literal(c)),
                },
            }
        }
        // Groups that neither capture nor change flags are no groups.
        if nodes.iter().any(is_plain_group) {
            let open = |node| match node {
                Node::Group { number: None, add: 0, remove: 0, body } => body,
                node => vec![node],
            };
            nodes = nodes.into_iter().flat_map(open).collect();
        }
        Ok(nodes)
    }

    // ── sets ────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn future(&mut self, what: &str, position: usize) {
        self.state.warnings.push(Warning::Future(format!("Possible {what} at position {position}")));
    }

    fn set(&mut self) -> Result<Node, Failure> {
        let here = self.source.tell() - 1;
        let mut items: Vec<Item> = Vec::new();
        if self.source.is_next('[') {
            self.future("nested set", self.source.tell());
        }
        let negated = self.source.matches('^')?;
        let unterminated = |source: &Source<'_>| source.error("unterminated character set", source.tell() - here);
        loop {
            let Some(this) = self.source.get()? else { return Err(unterminated(&self.source)) };
            if this.is(']') && !items.is_empty() {
                break;
            }
            let (low, this_text) = match this {
                Token::Escape(c) => escape::inside(&mut self.source, c)?,
                Token::Char(c) => {
                    if !items.is_empty() && self.source.next == Some(this) {
                        let what = match char::from_u32(c) {
                            Some('-') => "set difference",
                            Some('&') => "set intersection",
                            Some('~') => "set symmetric difference",
                            Some('|') => "set union",
                            _ => "",
                        };
                        if !what.is_empty() {
                            self.future(what, self.source.tell() - 1);
                        }
                    }
                    (Item::Literal(c), this.text())
                }
            };
            if !self.source.matches('-')? {
                items.push(low);
                continue;
            }
            let Some(that) = self.source.get()? else { return Err(unterminated(&self.source)) };
            if that.is(']') {
                items.extend([low, Item::Literal('-'.into())]);
                break;
            }
            let (high, that_text) = match that {
                Token::Escape(c) => escape::inside(&mut self.source, c)?,
                Token::Char(c) => {
                    if that.is('-') {
                        self.future("set difference", self.source.tell() - 2);
                    }
                    (Item::Literal(c), that.text())
                }
            };
            match (low, high) {
                (Item::Literal(low), Item::Literal(high)) if low <= high => items.push(Item::Range(low, high)),
                _ => {
                    let range = this_text.concat(&"-".into()).concat(&that_text);
                    return Err(self.source.error(with_text("bad character range ", &range), range.len()));
                }
            }
        }
        let mut items = unique(items);
        Ok(match (&items[..], negated) {
            ([Item::Literal(c)], false) => Node::Literal(*c),
            ([Item::Literal(c)], true) => Node::NotLiteral(*c),
            _ => {
                if negated {
                    items.insert(0, Item::Negate);
                }
                Node::Set(items)
            }
        })
    }

    // ── repetition ──────────────────────────────────────────────────────────────────────────────────────────────────

    fn repeat(&mut self, sign: char, nodes: &mut Sequence) -> Result<(), Failure> {
        let here = self.source.tell();
        let (min, max) = match sign {
            '*' => (0, MAX_REPEAT),
            '+' => (1, MAX_REPEAT),
            '?' => (0, 1),
            _ => match self.counts(here)? {
                Some(counts) => counts,
                None => {
                    nodes.push(Node::Literal('{'.into()));
                    return Ok(());
                }
            },
        };
        let offset = self.source.tell() - here + 1;
        let body = match nodes.pop() {
            None | Some(Node::At(_)) => return Err(self.source.error("nothing to repeat", offset)),
            Some(Node::Repeat { .. }) => return Err(self.source.error("multiple repeat", offset)),
            Some(Node::Group { number: None, add: 0, remove: 0, body }) => body,
            Some(node) => vec![node],
        };
        let kind = if self.source.matches('?')? {
            Repeating::Lazy
        } else if self.source.matches('+')? {
            Repeating::Possessive
        } else {
            Repeating::Greedy
        };
        nodes.push(Node::Repeat { kind, min, max, body });
        Ok(())
    }

    /// The numbers in braces; `None` if the brace is only a brace.
    fn counts(&mut self, here: usize) -> Result<Option<(u32, u32)>, Failure> {
        if self.source.is_next('}') {
            return Ok(None);
        }
        let low = self.source.take_while(usize::MAX, |c| c.is_ascii_digit())?;
        let high = if self.source.matches(',')? { self.source.take_while(usize::MAX, |c| c.is_ascii_digit())? } else { low.clone() };
        if !self.source.matches('}')? {
            self.source.seek(here)?;
            return Ok(None);
        }
        let number = |text: &str, none: u32| match text {
            "" => Ok(none),
            text => match text.parse() {
                Ok(number) if number < MAX_REPEAT => Ok(number),
                _ => Err(Failure::Overflow("the repetition number is too large")),
            },
        };
        let (min, max) = (number(&low, 0)?, number(&high, MAX_REPEAT)?);
        if max < min {
            return Err(self.source.error("min repeat greater than max repeat", self.source.tell() - here));
        }
        Ok(Some((min, max)))
    }

    // ── what stands in parentheses ──────────────────────────────────────────────────────────────────────────────────

    fn expect(&mut self) -> Result<Token, Failure> {
        match self.source.get()? {
            Some(token) => Ok(token),
            None => Err(self.source.error("unexpected end of pattern", 0)),
        }
    }

    fn close(&mut self, start: usize) -> Result<(), Failure> {
        if self.source.matches(')')? {
            return Ok(());
        }
        Err(self.source.error("missing ), unterminated subpattern", self.source.tell() - start))
    }

    /// A node, or none for comments and flags. `first`: nothing stands before it.
    fn group(&mut self, verbose: &mut bool, depth: usize, first: bool) -> Result<Option<Node>, Failure> {
        let start = self.source.tell() - 1;
        let (mut captures, mut atomic, mut name, mut add, mut remove) = (true, false, None, 0, 0);
        if self.source.matches('?')? {
            let token = self.expect()?;
            match as_char(token) {
                'P' => match self.named(&mut name)? {
                    None => {}
                    node => return Ok(node),
                },
                ':' => captures = false,
                '#' => loop {
                    if self.source.next.is_none() {
                        return Err(self.source.error("missing ), unterminated comment", self.source.tell() - start));
                    }
                    if self.source.get()?.is_some_and(|token| token.is(')')) {
                        return Ok(None);
                    }
                },
                sign @ ('=' | '!' | '<') => return self.assertion(sign, start, *verbose, depth).map(Some),
                '(' => return self.conditional(start, *verbose, depth).map(Some),
                '>' => (captures, atomic) = (false, true),
                letter if letter == '-' || flag_of(letter).is_some() => match self.inline_flags(letter)? {
                    None => {
                        if !first {
                            let offset = self.source.tell() - start;
                            return Err(self.source.error("global flags not at the start of the expression", offset));
                        }
                        *verbose = self.state.flags & flag::VERBOSE != 0;
                        return Ok(None);
                    }
                    Some(flags) => {
                        (add, remove) = flags;
                        captures = false;
                    }
                },
                _ => return Err(self.source.error(with_text("unknown extension ?", &token.text()), token.width() + 1)),
            }
        }
        let number = if captures { Some(self.state.open(name.as_ref(), &self.source)?) } else { None };
        let verbose = (*verbose || add & flag::VERBOSE != 0) && remove & flag::VERBOSE == 0;
        let body = self.alternatives(verbose, depth + 1)?;
        self.close(start)?;
        if let Some(number) = number {
            let width = width(&body, &self.state.widths);
            self.state.widths[number as usize] = Some(width);
        }
        Ok(Some(if atomic { Node::Atomic(body) } else { Node::Group { number, add, remove, body } }))
    }

    /// `(?P<name>` gives a name, `(?P=name)` a node.
    fn named(&mut self, name: &mut Option<PyStr>) -> Result<Option<Node>, Failure> {
        if self.source.matches('<')? {
            let text = self.source.until('>', "group name")?;
            self.source.check_name(&text, 1)?;
            self.warn_of_name(&text, 1);
            *name = Some(text);
            return Ok(None);
        }
        if !self.source.matches('=')? {
            let token = self.expect()?;
            return Err(self.source.error(with_text("unknown extension ?P", &token.text()), token.width() + 2));
        }
        let text = self.source.until(')', "group name")?;
        self.source.check_name(&text, 1)?;
        self.warn_of_name(&text, 1);
        let Some(group) = self.state.group_named(&text) else {
            return Err(self.source.error(with_repr("unknown group name ", &text), text.len() + 1));
        };
        if !self.state.is_closed(group) {
            return Err(self.source.error("cannot refer to an open group", text.len() + 1));
        }
        self.state.check_behind(group, &self.source)?;
        Ok(Some(Node::GroupRef(group)))
    }

    /// In bytes, names beyond ASCII are on their way out.
    fn warn_of_name(&mut self, name: &PyStr, offset: usize) {
        if !self.source.is_text && !name.is_ascii() {
            self.deprecated_name(name, offset);
        }
    }

    fn deprecated_name(&mut self, name: &PyStr, offset: usize) {
        let shown = if self.source.is_text { repr::str_repr(name) } else { repr::str_ascii(name).into() };
        let position = self.source.tell() - name.len() - offset;
        let message = with_text("bad character in group name ", &shown).concat(&format!(" at position {position}").into());
        self.state.warnings.push(Warning::Deprecation(message));
    }

    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`
    fn assertion(&mut self, mut sign: char, start: usize, verbose: bool, depth: usize) -> Result<Node, Failure> {
        let behind = sign == '<';
        let before = self.state.behind;
        if behind {
            let token = self.expect()?;
            sign = as_char(token);
            if !matches!(sign, '=' | '!') {
                return Err(self.source.error(with_text("unknown extension ?<", &token.text()), token.width() + 2));
            }
            if before.is_none() {
                self.state.behind = Some(self.state.groups());
            }
        }
        let body = self.alternatives(verbose, depth + 1)?;
        if behind && before.is_none() {
            self.state.behind = None;
        }
        self.close(start)?;
        let negative = sign == '!';
        Ok(Node::Assert { behind, negative, body })
    }

    /// `(?(group)yes|no)`
    fn conditional(&mut self, start: usize, verbose: bool, depth: usize) -> Result<Node, Failure> {
        if depth > DEEPEST {
            return Err(Failure::Recursion);
        }
        let name = self.source.until(')', "group name")?;
        let offset = name.len() + 1;
        let group = if is_identifier(&name) {
            self.source.check_name(&name, 1)?;
            self.warn_of_name(&name, 1);
            match self.state.group_named(&name) {
                Some(group) => group,
                None => return Err(self.source.error(with_repr("unknown group name ", &name), offset)),
            }
        } else {
            let group = match group_number(&name) {
                Some(group) => group,
                None => return Err(self.source.error(with_repr("bad character in group name ", &name), offset)),
            };
            if group == 0 {
                return Err(self.source.error("bad group number", offset));
            }
            let Some(group) = u32::try_from(group).ok().filter(|&group| group < MAX_GROUPS) else {
                return Err(self.source.error(format!("invalid group reference {group}"), offset));
            };
            if !self.state.references.iter().any(|(other, _)| *other == group) {
                self.state.references.push((group, self.source.tell() - offset));
            }
            if !name.as_ascii().is_some_and(|name| name.bytes().all(|b| b.is_ascii_digit())) {
                self.deprecated_name(&name, 1);
            }
            group
        };
        self.state.check_behind(group, &self.source)?;
        let yes = self.sequence(verbose, depth + 1, false)?;
        let mut no = Sequence::new();
        if self.source.matches('|')? {
            no = self.sequence(verbose, depth + 1, false)?;
            if self.source.is_next('|') {
                return Err(self.source.error("conditional backref with more than two branches", 0));
            }
        }
        self.close(start)?;
        Ok(Node::Conditional { group, yes, no })
    }
}

fn is_plain_group(node: &Node) -> bool {
    matches!(node, Node::Group { number: None, add: 0, remove: 0, .. })
}

/// What `int()` makes of a group's number, if it is one and not negative.
pub fn group_number(name: &PyStr) -> Option<u64> {
    let digits: Vec<u32> = name.iter().collect();
    let trimmed: &[u32] = {
        let is_space = |c: &u32| unicode::is_space(*c);
        let start = digits.iter().position(|c| !is_space(c))?;
        let end = digits.iter().rposition(|c| !is_space(c))? + 1;
        &digits[start..end]
    };
    let (sign, rest) = match trimmed {
        [sign, rest @ ..] if *sign == u32::from('+') || *sign == u32::from('-') => (*sign, rest),
        _ => (u32::from('+'), trimmed),
    };
    let mut value: u64 = 0;
    let mut digit_before = false;
    for &c in rest {
        match unicode::decimal(c) {
            Some(digit) => {
                value = value.saturating_mul(10).saturating_add(digit.into());
                digit_before = true;
            }
            None if c == u32::from('_') && digit_before => digit_before = false,
            None => return None,
        }
    }
    (digit_before && (sign == u32::from('+') || value == 0)).then_some(value)
}

/// Without what is there twice.
fn unique(items: Vec<Item>) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// Alternatives of one character each are a set.
fn one_set(branches: &[Sequence]) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for branch in branches {
        match &branch[..] {
            [Node::Literal(c)] => items.push(Item::Literal(*c)),
            [Node::Set(set)] if set.first() != Some(&Item::Negate) => items.extend(set.iter().cloned()),
            _ => return None,
        }
    }
    Some(unique(items))
}

/// Several patterns as one, each a group of its own: what `re.Scanner` tries one after the other.
pub fn parse_all(texts: &[(Vec<u32>, bool)], flags: u32) -> Result<Parsed, Failed> {
    let (mut state, mut branches) = (new_state(flags), Vec::new());
    for (text, is_text) in texts {
        let number = state.groups();
        state.widths.push(None);
        // Each is read for itself; the groups inside of it are not counted.
        let parsed = parse(text, *is_text, flags)?;
        state.widths[number as usize] = Some(width(&parsed.tree, &parsed.state.widths));
        state.warnings.extend(parsed.state.warnings);
        branches.push(vec![Node::Group { number: Some(number), add: 0, remove: 0, body: parsed.tree }]);
    }
    state.flags = flags;
    Ok(Parsed { tree: vec![Node::Branch(branches)], state })
}
