//! JavaScript, compared by its syntax tree.
//!
//! These do not matter: space, comments, semicolons, trailing commas, parentheses; the kind of
//! quotes, templates and `+` of strings; the spelling of numbers; `{ a: a }` for `{ a }`, the order
//! of keys; methods, functions and arrows where none uses `this`; `x["a"]` for `x.a`;
//! `() => { return x; }` for `() => x`; braces around one statement; `const` for `let`; the names of
//! parameters and of what a function declares.
//!
//! Stages: tree-sitter's tree → nodes without what does not matter ([`tree`]) → names that are free
//! to choose made equal ([`names`]).

mod names;
mod text;
mod tree;

use arborium_tree_sitter::{Node as Parsed, Parser, Tree};

use super::CodeError;
use crate::escape::escaped;

/// A piece of JavaScript.
#[derive(Debug, PartialEq)]
pub(crate) struct JsPiece(JsNode);

/// A node of the tree that is compared.
#[derive(Clone, Debug)]
struct JsNode {
    kind: &'static str,
    /// A name, a value, a sign; empty for most.
    text: String,
    inside: Vec<JsNode>,
    /// Where it stands: its line from 1, and how it begins. Not compared.
    line: usize,
    snippet: String,
}

impl PartialEq for JsNode {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.text == other.text && self.inside == other.inside
    }
}

/// Reads a piece of JavaScript: statements, an object, or members of an object.
pub(crate) fn read(source: &str) -> Result<JsPiece, CodeError> {
    let trimmed = source.trim().trim_end_matches([',', ';']).trim_end();
    if trimmed.starts_with('{') && trimmed.ends_with('}') {
        let object = format!("({trimmed})");
        if let Ok(piece) = parsed(&object) {
            return Ok(piece);
        }
    }
    let members = || parsed(&format!("({{{trimmed}}})"));
    match parsed(source) {
        // `name: value` alone is a label with a statement, but hardly meant so.
        Ok(JsPiece(node)) if node.inside.iter().any(|n| n.kind == "labeled_statement") => {
            members().or(Ok(JsPiece(node)))
        }
        Ok(piece) => Ok(piece),
        Err(broken) => members().map_err(|_| broken),
    }
}

/// A piece as one line that is the same for two that are equal; none where it cannot be read.
pub(crate) fn canonical(source: &str) -> Option<String> {
    read(source).ok().map(|JsPiece(node)| node.written())
}

fn parsed(source: &str) -> Result<JsPiece, CodeError> {
    let mut parser = Parser::new();
    let whole = |problem: &str| CodeError {
        line: 1,
        problem: problem.to_owned(),
    };
    parser
        .set_language(&arborium_javascript::language().into())
        .map_err(|_| whole("JavaScript cannot be read here"))?;
    let tree = parser
        .parse(source, None)
        .ok_or_else(|| whole("JavaScript cannot be read here"))?;
    if let Some(broken) = first_fault(&tree, source) {
        return Err(broken);
    }
    let mut node = tree::program(tree.root_node(), source)
        .ok_or_else(|| whole("it is nested too deeply to be read"))?;
    names::free(&mut node);
    Ok(JsPiece(node))
}

/// The first place where the code is no JavaScript.
fn first_fault(tree: &Tree, source: &str) -> Option<CodeError> {
    if !tree.root_node().has_error() {
        return None;
    }
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() {
            return Some(fault_at(node, source));
        }
        if node.has_error() && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return Some(fault_at(tree.root_node(), source));
            }
        }
    }
}

fn fault_at(node: Parsed<'_>, source: &str) -> CodeError {
    let line = node.start_position().row + 1;
    let snippet = tree::snippet(node, source);
    let problem = if node.is_missing() {
        format!("a “{}” is missing", node.kind())
    } else if snippet.is_empty() {
        "it breaks off".to_owned()
    } else {
        format!("this is no JavaScript from “{snippet}” on")
    };
    CodeError { line, problem }
}

impl JsNode {
    fn leaf(kind: &'static str, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            inside: Vec::new(),
            line: 1,
            snippet: String::new(),
        }
    }

    fn of(kind: &'static str, inside: Vec<Self>) -> Self {
        Self {
            inside,
            ..Self::leaf(kind, "")
        }
    }

    fn written(&self) -> String {
        let mut text = format!("({}", self.kind);
        if !self.text.is_empty() {
            text.extend([" ", &format!("{:?}", self.text)]);
        }
        for node in &self.inside {
            text.push(' ');
            text.push_str(&node.written());
        }
        text.push(')');
        text
    }
}

/// How many differences there are, and the first of them in a sentence of HTML.
pub(crate) fn differences(found: &JsPiece, right: &JsPiece) -> (usize, Option<String>) {
    let mut all = Vec::new();
    compare(&found.0, &right.0, &mut all);
    (all.len(), all.into_iter().next())
}

fn compare(found: &JsNode, right: &JsNode, all: &mut Vec<String>) {
    if found == right {
        return;
    }
    let place = |node: &JsNode| {
        let snippet = escaped(&node.snippet);
        format!("Line {}: look again at <code>{snippet}</code>.", node.line)
    };
    if found.kind != right.kind || found.text != right.text {
        return all.push(place(found));
    }
    let before = all.len();
    for (found, right) in found.inside.iter().zip(&right.inside) {
        compare(found, right, all);
    }
    if let Some(more) = found.inside.get(right.inside.len()) {
        all.push(place(more));
    } else if found.inside.len() < right.inside.len() && all.len() == before {
        let snippet = escaped(&found.snippet);
        all.push(if found.kind == "program" {
            "Something is missing at the end.".to_owned()
        } else {
            format!(
                "Line {}: something is missing in <code>{snippet}</code>.",
                found.line
            )
        });
    }
}

#[cfg(test)]
#[path = "js_tests.rs"]
mod tests;
