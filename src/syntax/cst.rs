//! tree-sitter's concrete syntax tree, flattened: nodes in preorder, each spanning whole tokens.
//!
//! Invariant (lockstep): every leaf is exactly one token of our lexer, in order, and every token but line structure and hidden ones
//! is a leaf. A tree that breaks it is no tree of the program, and the source has a syntax error there.
//! CPython 3.11 has no counterpart (its PEG parser builds the AST at once). `x + 1` is
//! `ExpressionStatement(BinaryOperator(Identifier, Token, Integer))`.

use std::{cell::RefCell, sync::LazyLock};

use tree_sitter::{Language, Parser, TreeCursor};

use super::{
    canonical::Canonical,
    token::{Token, TokenKind},
};

/// A node: its kind, its part in the parent, its tokens `first..last` and the number of nodes in its subtree, itself included.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub kind: Kind,
    pub field: Field,
    pub first: u32,
    pub last: u32,
    size: u32,
}

/// Index of a node in its tree.
pub type Id = u32;

/// A whole tree; node 0 is the module.
pub struct Cst {
    nodes: Vec<Node>,
}

/// The token where reading failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    pub token: u32,
}

/// Reads the canonical copy.
pub fn parse(canonical: &Canonical, tokens: &[Token]) -> Result<Cst, Breach> {
    thread_local! {
        static PARSER: RefCell<Parser> = RefCell::new({
            let mut parser = Parser::new();
            parser.set_language(&LANGUAGE).expect("the grammar's version is one that tree-sitter reads");
            parser
        });
    }
    let tree = PARSER.with_borrow_mut(|parser| {
        parser.reset();
        parser.parse(&canonical.text, None).expect("a parser with a language and no timeout gives a tree")
    });
    if tree.root_node().has_error() {
        return Err(Breach { token: 0 });
    }
    let mut flatten = Flatten { tokens, hidden: &canonical.hidden, next: 0, nodes: Vec::with_capacity(tokens.len() * 2) };
    flatten.node(&mut tree.walk())?;
    flatten.skip_structure(u32::MAX);
    match flatten.tokens.get(flatten.next as usize) {
        Some(token) if token.kind != TokenKind::EndMarker => Err(Breach { token: flatten.next }),
        _ => Ok(Cst { nodes: flatten.nodes }),
    }
}

impl Cst {
    pub fn node(&self, id: Id) -> Node {
        self.nodes[id as usize]
    }

    pub fn kind(&self, id: Id) -> Kind {
        self.nodes[id as usize].kind
    }

    /// All children, tokens without a name of their own (`Kind::Token`) included.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let end = id + self.nodes[id as usize].size;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = next;
            if child >= end {
                return None;
            }
            next += self.nodes[child as usize].size;
            Some(child)
        })
    }

    /// The children that stand for more than punctuation.
    pub fn named(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.children(id).filter(|&child| self.kind(child) != Kind::Token)
    }

    /// The first named child in that part.
    pub fn field(&self, id: Id, field: Field) -> Option<Id> {
        self.named(id).find(|&child| self.nodes[child as usize].field == field)
    }
}

struct Flatten<'a> {
    tokens: &'a [Token],
    hidden: &'a [bool],
    /// The next token to be met.
    next: u32,
    nodes: Vec<Node>,
}

impl Flatten<'_> {
    /// Steps over tokens that have no leaf, up to one that starts at `start`.
    fn skip_structure(&mut self, start: u32) {
        while let Some(token) = self.tokens.get(self.next as usize) {
            let structure =
                matches!(token.kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent) || self.hidden[self.next as usize];
            if !structure || (token.start == start && token.kind == TokenKind::Newline) {
                break;
            }
            self.next += 1;
        }
    }

    fn node(&mut self, cursor: &mut TreeCursor<'_>) -> Result<(), Breach> {
        // The walk keeps its own stack: a tree can be as deep as its source is long.
        let mut open: Vec<u32> = Vec::new();
        loop {
            let node = cursor.node();
            let kind = KINDS[node.kind_id() as usize];
            let field = cursor.field_id().map_or(Field::None, |id| FIELDS[id.get() as usize]);
            let index = self.nodes.len();
            self.nodes.push(Node { kind, field, first: self.next, last: self.next, size: 1 });
            let opaque = matches!(kind, Kind::String | Kind::ImportPrefix);
            if !opaque && cursor.goto_first_child() {
                open.push(index as u32);
                continue;
            }
            if kind != Kind::Block && kind != Kind::Module {
                self.leaf(index, node.start_byte() as u32, node.end_byte() as u32)?;
            }
            while !cursor.goto_next_sibling() {
                let Some(done) = open.pop() else { return Ok(()) };
                let end = self.nodes.len() as u32;
                let last = self.next;
                let first = self.nodes.get(done as usize + 1).map_or(last, |child| child.first);
                let node = &mut self.nodes[done as usize];
                (node.size, node.first, node.last) = (end - done, first, last);
                cursor.goto_parent();
                if open.is_empty() {
                    return Ok(());
                }
            }
        }
    }

    fn leaf(&mut self, index: usize, start: u32, end: u32) -> Result<(), Breach> {
        self.skip_structure(start);
        let breach = Err(Breach { token: self.next });
        let first = self.next;
        if self.tokens[first as usize].start != start {
            return breach;
        }
        self.next += 1;
        // `from . .. import a`: one leaf, several tokens.
        if self.nodes[index].kind == Kind::ImportPrefix {
            while self.tokens[self.next as usize].start < end {
                self.next += 1;
            }
        }
        if self.tokens[self.next as usize - 1].end != end {
            return breach;
        }
        (self.nodes[index].first, self.nodes[index].last) = (first, self.next);
        Ok(())
    }
}

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| tree_sitter_python::LANGUAGE.into());

macro_rules! vocabulary {
    (kinds { $($kind:ident $kind_name:literal)* } fields { $($field:ident $field_name:literal)* }) => {
        /// What a node is. Keywords, operators and punctuation are `Token`: our own tokens tell which.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            Token,
            /// A construct of no Python 3.11.
            Foreign,
            $($kind,)*
        }

        /// The part that a node plays in its parent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field {
            None,
            $($field,)*
        }

        fn kind_named(name: &str) -> Kind {
            match name {
                $($kind_name => Kind::$kind,)*
                _ => Kind::Foreign,
            }
        }

        fn field_named(name: &str) -> Field {
            match name {
                $($field_name => Field::$field,)*
                _ => Field::None,
            }
        }
    };
}

vocabulary! {
    kinds {
        Module "module" Block "block"
        ExpressionStatement "expression_statement" Assignment "assignment" AugmentedAssignment "augmented_assignment"
        ReturnStatement "return_statement" DeleteStatement "delete_statement" RaiseStatement "raise_statement" AssertStatement "assert_statement"
        PassStatement "pass_statement" BreakStatement "break_statement" ContinueStatement "continue_statement"
        GlobalStatement "global_statement" NonlocalStatement "nonlocal_statement"
        ImportStatement "import_statement" ImportFromStatement "import_from_statement" AliasedImport "aliased_import" DottedName "dotted_name"
        RelativeImport "relative_import" ImportPrefix "import_prefix" WildcardImport "wildcard_import"
        IfStatement "if_statement" ElifClause "elif_clause" ElseClause "else_clause" WhileStatement "while_statement" ForStatement "for_statement"
        TryStatement "try_statement" ExceptClause "except_clause" FinallyClause "finally_clause"
        WithStatement "with_statement" WithClause "with_clause" WithItem "with_item"
        FunctionDefinition "function_definition" ClassDefinition "class_definition" DecoratedDefinition "decorated_definition" Decorator "decorator"
        MatchStatement "match_statement" CaseClause "case_clause" CasePattern "case_pattern" ClassPattern "class_pattern" SplatPattern "splat_pattern"
        UnionPattern "union_pattern" DictPattern "dict_pattern" KeywordPattern "keyword_pattern" ComplexPattern "complex_pattern"
        Parameters "parameters" LambdaParameters "lambda_parameters" TypedParameter "typed_parameter" DefaultParameter "default_parameter"
        TypedDefaultParameter "typed_default_parameter" ListSplatPattern "list_splat_pattern" DictionarySplatPattern "dictionary_splat_pattern"
        KeywordSeparator "keyword_separator" PositionalSeparator "positional_separator"
        TuplePattern "tuple_pattern" ListPattern "list_pattern" PatternList "pattern_list"
        Type "type" UnionType "union_type" MemberType "member_type"
        ArgumentList "argument_list" KeywordArgument "keyword_argument" DictionarySplat "dictionary_splat" ListSplat "list_splat"
        Identifier "identifier" Integer "integer" Float "float" String "string" ConcatenatedString "concatenated_string"
        True "true" False "false" None "none" Ellipsis "ellipsis"
        ParenthesizedExpression "parenthesized_expression" Tuple "tuple" List "list" Set "set" Dictionary "dictionary" Pair "pair"
        ExpressionList "expression_list" ListComprehension "list_comprehension" SetComprehension "set_comprehension"
        DictionaryComprehension "dictionary_comprehension" GeneratorExpression "generator_expression" ForInClause "for_in_clause" IfClause "if_clause"
        BinaryOperator "binary_operator" UnaryOperator "unary_operator" NotOperator "not_operator" BooleanOperator "boolean_operator"
        ComparisonOperator "comparison_operator" Lambda "lambda" ConditionalExpression "conditional_expression" NamedExpression "named_expression"
        Await "await" Yield "yield" Attribute "attribute" Subscript "subscript" Slice "slice" Call "call"
        AsPattern "as_pattern" AsPatternTarget "as_pattern_target"
    }
    fields {
        Left "left" Right "right" Type "type" Name "name" Value "value" Alias "alias" Body "body" Condition "condition"
        Consequence "consequence" Alternative "alternative" Definition "definition" Superclasses "superclasses" Parameters "parameters"
        ReturnType "return_type" TypeParameters "type_parameters" Arguments "arguments" Cause "cause" ModuleName "module_name"
        Guard "guard" Key "key" Subject "subject"
    }
}

/// By tree-sitter's number of the node kind.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let count = LANGUAGE.node_kind_count() as u16;
    (0..=u16::MAX)
        .map(|id| match id {
            _ if id >= count => Kind::Foreign,
            _ if !LANGUAGE.node_kind_is_named(id) => Kind::Token,
            _ => kind_named(LANGUAGE.node_kind_for_id(id).unwrap_or("")),
        })
        .take(usize::from(count) + 1)
        .collect()
});

/// By tree-sitter's number of the field.
static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let count = LANGUAGE.field_count() as u16;
    (0..=count).map(|id| LANGUAGE.field_name_for_id(id).map_or(Field::None, field_named)).collect()
});
