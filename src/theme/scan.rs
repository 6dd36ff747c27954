//! What one template says of itself: its tokens come in; what it extends and includes, the
//! components that it defines, the filters that it uses and the variables that it reads go out.
//! Nothing here looks at another file.
//!
//! Names are collected without regard to where in the file they are set: a name that is set
//! anywhere counts as set everywhere in its scope. So a question like "is this variable ever
//! anything?" is never answered with a false alarm.

use std::collections::BTreeSet;

use super::tokens::{Delimiter, Kind, Tag, Token, Tokens, tokenize};
use crate::policy::{self, Ask};
use crate::source::Span;

/// What is known of a template without rendering it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub extends: Option<Name>,
    pub includes: Vec<Name>,
    /// The template's own scope, then that of each component which it defines.
    pub scopes: Vec<Scope>,
    pub filters: BTreeSet<String>,
    /// Names of parameters of the site that are read as Markdown.
    pub markdown_params: BTreeSet<String>,
    /// Uses of `__tera_context`.
    pub dumps: Vec<Span>,
    /// What its HTML asks a browser for, as far as that is known without rendering.
    pub asks: Vec<Ask>,
    /// Parameters that a first comment `{# args: id role? #}` declares.
    pub parameters: Option<Vec<Parameter>>,
}

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A parameter of a shortcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub required: bool,
}

/// A template, or one of its components: a component sees its arguments and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The component's name; none for the template itself.
    pub component: Option<Name>,
    /// Arguments, loop variables and names that are set.
    pub bound: BTreeSet<String>,
    /// Names that are tested with `is defined` or have a `default`: they may be absent.
    pub optional: BTreeSet<String>,
    pub reads: Vec<Path>,
}

/// A variable that is read, with the keys that follow it: `page.sections.levels`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub root: Name,
    pub keys: Vec<Name>,
    /// Whether the template says that the last part may be absent: `?.`, `is defined`, `default`.
    pub optional: bool,
}

/// Words of expressions that are no variables.
const KEYWORDS: [&str; 18] = [
    "and", "or", "not", "in", "is", "if", "else", "true", "True", "false", "False", "none", "None",
    "null", "loop", "self", "break", "continue",
];

/// Reads a template that Tera can parse.
pub fn scan(text: &str) -> Facts {
    let tokens = tokenize(text);
    let mut scan = Scan {
        facts: Facts {
            scopes: vec![Scope::default()],
            asks: policy::asks(&html(text, &tokens)),
            ..Facts::default()
        },
        in_component: false,
    };
    for tag in &tokens.tags {
        scan.tag(tag);
    }
    scan.facts.parameters = tokens
        .comments
        .first()
        .and_then(|comment| parameters(comment));
    for scope in &mut scan.facts.scopes {
        for path in &scope.reads {
            if path.optional && path.keys.is_empty() {
                scope.optional.insert(path.root.text.clone());
            }
        }
    }
    scan.facts
}

/// Returns a template as HTML of the same length: what is printed is not known, and tags and comments
/// are white space.
fn html(text: &str, tokens: &Tokens<'_>) -> String {
    let tags = tokens.tags.iter().map(|tag| match tag.delimiter {
        Delimiter::Print => (&tag.span, policy::UNKNOWN),
        Delimiter::Block => (&tag.span, ' '),
    });
    let comments = tokens.comment_spans.iter().map(|span| (span, ' '));
    let mut parts: Vec<(&Span, char)> = tags.chain(comments).collect();
    parts.sort_by_key(|(span, _)| span.start);
    let mut html = String::with_capacity(text.len());
    let mut done = 0;
    for (span, sign) in parts {
        html.push_str(&text[done..span.start]);
        html.extend(std::iter::repeat_n(sign, span.len()));
        done = span.end;
    }
    html + &text[done..]
}

impl Facts {
    /// The components that the template defines.
    pub fn components(&self) -> impl Iterator<Item = &Name> {
        self.scopes
            .iter()
            .filter_map(|scope| scope.component.as_ref())
    }
}

fn parameters(comment: &str) -> Option<Vec<Parameter>> {
    let declared = comment
        .trim()
        .trim_matches('-')
        .trim()
        .strip_prefix("args:")?;
    let parameter = |word: &str| match word.strip_suffix('?') {
        Some(name) => Parameter {
            name: name.to_owned(),
            required: false,
        },
        None => Parameter {
            name: word.to_owned(),
            required: true,
        },
    };
    Some(declared.split_whitespace().map(parameter).collect())
}

struct Scan {
    facts: Facts,
    in_component: bool,
}

impl Scan {
    fn scope(&mut self) -> &mut Scope {
        let at = if self.in_component {
            self.facts.scopes.len() - 1
        } else {
            0
        };
        &mut self.facts.scopes[at]
    }

    fn bind(&mut self, name: &str) {
        self.scope().bound.insert(name.to_owned());
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        let tokens = tag.tokens.as_slice();
        let keyword = tokens.first().and_then(Token::word).unwrap_or_default();
        let rest = tokens.get(1..).unwrap_or_default();
        match (tag.delimiter, keyword) {
            (Delimiter::Print, _) => self.expression(tokens),
            (_, "extends") => self.facts.extends = literal(rest),
            (_, "include") => self.facts.includes.extend(literal(rest)),
            (_, "set" | "set_global") => {
                if let Some(name) = rest.first().and_then(Token::word) {
                    self.bind(name);
                }
                self.expression(rest.get(1..).unwrap_or_default());
            }
            (_, "for") => self.expression(tokens),
            (_, "if" | "elif") => self.expression(rest),
            (_, "filter") => {
                self.facts
                    .filters
                    .extend(rest.first().and_then(Token::word).map(str::to_owned));
                self.expression(rest.get(1..).unwrap_or_default());
            }
            (_, "component") => self.component(rest),
            (_, "endcomponent") => self.in_component = false,
            (_, "block" | "endblock" | "else" | "endif" | "endfor" | "endset" | "endfilter") => {}
            _ if tokens.first().is_some_and(|first| first.is("</")) => {}
            // {% <card title={x}> %}
            _ => self.expression(tokens),
        }
    }

    /// `name(title, kind: string = "a", @t, ...rest) { metadata }`
    fn component(&mut self, tokens: &[Token<'_>]) {
        let open = tokens
            .iter()
            .position(|token| token.is("("))
            .unwrap_or(tokens.len());
        let text = tokens[..open]
            .iter()
            .filter_map(Token::word)
            .collect::<Vec<_>>()
            .join(".");
        let span = tokens.first().map_or(0..0, |first| {
            first.span.start..tokens[open.saturating_sub(1)].span.end
        });
        let mut scope = Scope {
            component: Some(Name { text, span }),
            ..Scope::default()
        };
        scope.bound.insert("body".to_owned());
        // An argument's name follows `(`, `,`, `@` or `...`; types and defaults follow `:` and `=`.
        // Defaults are literals; a word or two of a list among them is bound in vain, which hides
        // nothing that matters.
        for pair in tokens[open..].windows(2) {
            if let (true, Some(word)) = (
                ["(", ",", "@", "..."].iter().any(|sign| pair[0].is(sign)),
                pair[1].word(),
            ) {
                scope.bound.insert(word.to_owned());
            }
        }
        self.facts.scopes.push(scope);
        self.in_component = true;
    }

    fn expression(&mut self, tokens: &[Token<'_>]) {
        let mut at = 0;
        // Where the path ended that was read last, to see what is asked about it.
        let mut operand_end = usize::MAX;
        while let Some(token) = tokens.get(at) {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            at = match &token.kind {
                Kind::Sign("<")
                    if starts_operand(before)
                        && tokens.get(at + 1).is_some_and(|next| next.word().is_some()) =>
                {
                    self.call(tokens, at + 1)
                }
                Kind::Word("for") => self.loop_names(tokens, at + 1),
                Kind::Word("is") => {
                    let negated =
                        usize::from(tokens.get(at + 1).and_then(Token::word) == Some("not"));
                    let test = tokens.get(at + 1 + negated).and_then(Token::word);
                    if operand_end == at && matches!(test, Some("defined" | "undefined")) {
                        self.mark_optional();
                    }
                    at + 2 + negated
                }
                Kind::Sign("|") => {
                    let filter = tokens.get(at + 1).and_then(Token::word);
                    if operand_end == at && filter == Some("default") {
                        self.mark_optional();
                    }
                    self.facts.filters.extend(filter.map(str::to_owned));
                    if filter == Some("markdown") {
                        self.facts.markdown_params.extend(parameter(&tokens[..at]));
                    }
                    at + 2
                }
                Kind::Word(word) if KEYWORDS.contains(word) => skip_keys(tokens, at + 1),
                // A function's name, or the name of an argument.
                Kind::Word(_)
                    if tokens
                        .get(at + 1)
                        .is_some_and(|next| next.is("(") || next.is("=")) =>
                {
                    at + 1
                }
                Kind::Word(_) if before.is_some_and(|before| before.is(".") || before.is("?.")) => {
                    at + 1
                }
                Kind::Word(_) => {
                    operand_end = self.path(tokens, at);
                    operand_end
                }
                _ => at + 1,
            };
        }
    }

    /// Notes that the variable that was read last may be absent.
    fn mark_optional(&mut self) {
        if let Some(path) = self.scope().reads.last_mut() {
            path.optional = true;
        }
    }

    /// Reads `page.sections["levels"].title` from `at` on, and says where it ends. What follows a
    /// key that is computed is no part of it.
    fn path(&mut self, tokens: &[Token<'_>], at: usize) -> usize {
        let Some((root, span)) = tokens
            .get(at)
            .and_then(|token| Some((token.word()?, token.span.clone())))
        else {
            return at + 1;
        };
        if root == "__tera_context" {
            self.facts.dumps.push(span);
            return at + 1;
        }
        let mut path = Path {
            root: Name {
                text: root.to_owned(),
                span,
            },
            keys: vec![],
            optional: false,
        };
        let mut end = at + 1;
        loop {
            let follows = |offset: usize| tokens.get(end + offset);
            let dotted = follows(0).is_some_and(|token| token.is("."));
            let bracketed = follows(0).is_some_and(|token| token.is("["))
                && follows(2).is_some_and(|token| token.is("]"));
            let key = match follows(1) {
                Some(token) if dotted => token.word().map(str::to_owned),
                Some(token) if bracketed => token.text().map(str::to_owned),
                _ => None,
            };
            let (Some(key), Some(token)) = (key, follows(1)) else {
                break;
            };
            path.keys.push(Name {
                text: key,
                span: token.span.clone(),
            });
            end += if dotted { 2 } else { 3 };
        }
        path.optional = tokens
            .get(end)
            .is_some_and(|next| next.is("?.") || next.is("?["));
        self.scope().reads.push(path);
        end
    }

    /// `for key, value in`, in a tag or in a list.
    fn loop_names(&mut self, tokens: &[Token<'_>], from: usize) -> usize {
        let names = tokens
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|token| token.word() != Some("in"));
        let mut at = from;
        for token in names {
            if let Some(name) = token.word() {
                self.bind(name);
            }
            at += 1;
        }
        at + 1
    }

    /// `card.small title={a} kind="x" t {...more} />`, from the name on; says where it ends.
    fn call(&mut self, tokens: &[Token<'_>], from: usize) -> usize {
        let mut at = from + 1;
        while tokens.get(at).is_some_and(|token| token.is(".")) {
            at += 2;
        }
        while let Some(token) = tokens.get(at) {
            at = match &token.kind {
                Kind::Sign(">") => return at + 1,
                Kind::Sign("{") => {
                    let close = closing_brace(tokens, at);
                    self.expression(tokens.get(at + 1..close).unwrap_or_default());
                    close + 1
                }
                Kind::Word(_) if tokens.get(at + 1).is_some_and(|next| next.is("=")) => at + 2,
                // A bare word is an argument that has the name of the variable it takes.
                Kind::Word(word) => {
                    let root = Name {
                        text: (*word).to_owned(),
                        span: token.span.clone(),
                    };
                    self.scope().reads.push(Path {
                        root,
                        keys: vec![],
                        optional: false,
                    });
                    at + 1
                }
                _ => at + 1,
            };
        }
        at
    }
}

/// The text literal that a tag names a template with.
fn literal(tokens: &[Token<'_>]) -> Option<Name> {
    let first = tokens.first()?;
    Some(Name {
        text: first.text()?.to_owned(),
        span: first.span.clone(),
    })
}

/// Whether what follows a token is the start of a value: `<` is a component there, and less-than
/// elsewhere.
pub fn starts_operand(before: Option<&Token<'_>>) -> bool {
    match before.map(|token| &token.kind) {
        None => true,
        Some(Kind::Word(word)) => KEYWORDS[..7].contains(word),
        Some(Kind::Sign(sign)) => ![")", "]", "}"].contains(sign),
        Some(Kind::Text(_) | Kind::Number) => false,
    }
}

/// The parameter of the site that an expression ends with: `site.params?.footer_text`.
fn parameter(tokens: &[Token<'_>]) -> Option<String> {
    let [.., params, dot, name] = tokens else {
        return None;
    };
    (params.word() == Some("params") && (dot.is(".") || dot.is("?.")))
        .then(|| name.word().map(str::to_owned))?
}

/// Goes over `.index` behind `loop`.
fn skip_keys(tokens: &[Token<'_>], mut at: usize) -> usize {
    while tokens.get(at).is_some_and(|token| token.is(".")) {
        at += 2;
    }
    at
}

fn closing_brace(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.is("{") {
            depth += 1;
        } else if token.is("}") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at;
            }
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads of the template's own scope; `?` marks those that may be absent.
    fn reads(text: &str) -> Vec<String> {
        show(&scan(text).scopes[0])
    }

    fn show(scope: &Scope) -> Vec<String> {
        let one = |path: &Path| {
            let keys: String = path
                .keys
                .iter()
                .map(|key| format!(".{}", key.text))
                .collect();
            format!(
                "{}{keys}{}",
                path.root.text,
                if path.optional { "?" } else { "" }
            )
        };
        scope.reads.iter().map(one).collect()
    }

    #[test]
    fn variables_are_told_from_all_other_words() {
        assert_eq!(
            reads("{{ page.title | fill(role=role.title, n=3) | upper }}"),
            ["page.title", "role.title"]
        );
        assert_eq!(
            reads("{% if a is not none and not b.c or d in [e, 'f'] %}"),
            ["a", "b.c", "d", "e"]
        );
        assert_eq!(
            reads("{% for k, v in x.y %}{{ loop.index }}{{ k }}{{ throw(message=m) }}{% endfor %}"),
            ["x.y", "k", "m"]
        );
        assert_eq!(
            reads("{{ site.assets[\"css/a.css\"].b }}{{ t['k_' ~ kind].x }}"),
            ["site.assets.css/a.css.b", "t", "kind"]
        );
        assert_eq!(
            reads("{{ [a.b for a in xs if a.c][0] }}{{ {\"k\": v} }}{{ -w }}"),
            ["a.b", "xs", "a.c", "v", "w"]
        );
        assert_eq!(
            reads("{{ a if b else c }}{{ x < y }}{{ l | length < z }}"),
            ["a", "b", "c", "x", "y", "l", "z"]
        );
        assert_eq!(
            reads("{% set x = y %}{% filter upper %}{{ z }}{% endfilter %}"),
            ["y", "z"]
        );
        assert_eq!(
            scan("{% set x = 1 %}{% for a, b in c %}{% endfor %}{{ [d for d in c] }}").scopes[0]
                .bound
                .len(),
            4
        );
    }

    #[test]
    fn what_may_be_absent_is_marked() {
        assert_eq!(
            reads(
                "{{ a?.b }}{{ c.d?.e }}{{ f is defined }}{{ g.h is not defined }}{{ i | default(value=j) }}"
            ),
            ["a?", "c.d?", "f?", "g.h?", "i?", "j"]
        );
        assert_eq!(
            reads("{{ a | upper }}{{ b is none }}{{ c or d }}"),
            ["a", "b", "c", "d"]
        );
        assert_eq!(
            scan("{% if f is defined %}{{ f.x }}{% endif %}").scopes[0]
                .optional
                .len(),
            1
        );
    }

    #[test]
    fn components_are_scopes_of_their_own() {
        let facts = scan(
            "{{ x }}{% component ui.card(item, kind: string = \"a\", @t, ...rest) {\"a\": 1} %}{{ y }}{% endcomponent ui.card %}{{ z }}",
        );
        assert_eq!(show(&facts.scopes[0]), ["x", "z"]);
        assert_eq!(show(&facts.scopes[1]), ["y"]);
        assert_eq!(facts.scopes[1].component.as_ref().unwrap().text, "ui.card");
        for name in ["body", "item", "kind", "t", "rest"] {
            assert!(facts.scopes[1].bound.contains(name), "{name}");
        }
        assert!(!facts.scopes[1].bound.contains("string"));
    }

    #[test]
    fn calls_of_components_read_their_arguments() {
        assert_eq!(
            reads("{{ <card.small a={b.c} d=\"e\" f {...g} h={[i for i in j]} /> }}"),
            ["b.c", "f", "g", "i", "j"]
        );
        assert_eq!(
            reads("{% <part section={a.b}> %}{{ c }}{% </part> %}"),
            ["a.b", "c"]
        );
        assert_eq!(reads("{{ a and <x b={c} /> }}"), ["a", "c"]);
    }

    #[test]
    fn reachable_files_and_filters_are_named() {
        let facts = scan(
            "{# x #}{% extends 'a.html' %}{% block b %}{% include \"c.html\" %}{{ d | e | f(g=1) }}{% filter h %}{% endfilter %}{% endblock %}",
        );
        assert_eq!(facts.extends.unwrap().text, "a.html");
        assert_eq!(facts.includes[0].text, "c.html");
        assert_eq!(Vec::from_iter(facts.filters), ["e", "f", "h"]);
        assert_eq!(scan("{{ __tera_context }}").dumps.first(), Some(&(3..17)));
    }

    #[test]
    fn a_shortcode_declares_its_parameters() {
        let parameters = scan("{#- args: id role? -#}\n{# more #}")
            .parameters
            .unwrap();
        assert_eq!(
            parameters[0],
            Parameter {
                name: "id".into(),
                required: true
            }
        );
        assert_eq!(
            parameters[1],
            Parameter {
                name: "role".into(),
                required: false
            }
        );
        assert_eq!(scan("{# about #}").parameters, None);
    }
}
