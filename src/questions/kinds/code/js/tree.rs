//! From tree-sitter's tree to the nodes that are compared.
//!
//! Entry point: [`program`]. What is not named here goes over as it is: the kind, and what is in it,
//! without brackets, commas and semicolons.

use arborium_tree_sitter::Node as Parsed;

use super::JsNode;
use super::text::{is_name, number, unescaped};
use crate::excerpt::beginning;

mod object;
mod operator;

/// The deepest nesting that is read.
const DEPTH: usize = 120;

/// Signs that only part what stands beside them.
const PARTING: [&str; 8] = ["(", ")", "{", "}", "[", "]", ",", ";"];

/// The nodes of a whole piece; none where it is nested too deeply.
pub(super) fn program(root: Parsed<'_>, source: &str) -> Option<JsNode> {
    let reading = TreeReader {
        source,
        depth: DEPTH,
    };
    Some(JsNode::of("program", reading.statements(root)?))
}

/// How a node begins, on one line.
pub(super) fn snippet(node: Parsed<'_>, source: &str) -> String {
    let text = source.get(node.byte_range()).unwrap_or_default();
    let line = text.trim().lines().next().unwrap_or_default();
    beginning(line, 40).into_owned()
}

#[derive(Clone, Copy)]
struct TreeReader<'s> {
    source: &'s str,
    depth: usize,
}

impl<'s> TreeReader<'s> {
    fn text(self, node: Parsed<'_>) -> &'s str {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    fn deeper(self) -> Option<Self> {
        let depth = self.depth.checked_sub(1)?;
        Some(Self { depth, ..self })
    }

    /// A node with its place.
    fn node(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let mut node = self.deeper()?.unplaced(parsed)?;
        if node.snippet.is_empty() {
            node.line = parsed.start_position().row + 1;
            node.snippet = snippet(parsed, self.source);
        }
        Some(node)
    }

    fn unplaced(self, parsed: Parsed<'_>) -> Option<JsNode> {
        match parsed.kind() {
            "parenthesized_expression" => self.node(children(parsed).into_iter().next()?),
            "string" => {
                let text = self.text(parsed);
                let inside = text.get(1..text.len().saturating_sub(1));
                Some(JsNode::leaf(
                    "string",
                    unescaped(inside.unwrap_or_default()),
                ))
            }
            "template_string" => self.template(parsed),
            "number" => Some(JsNode::leaf("number", number(self.text(parsed)))),
            "identifier" => Some(JsNode::leaf("identifier", self.text(parsed))),
            "regex" => Some(JsNode::leaf("regex", self.text(parsed))),
            "binary_expression" => self.binary(parsed),
            "unary_expression" => self.unary(parsed),
            "member_expression" | "subscript_expression" => self.member(parsed),
            "call_expression" => self.call(parsed),
            "new_expression" => self.made(parsed),
            "object" => self.object(parsed),
            "object_pattern" => self.object_pattern(parsed),
            "arrow_function" => self.arrow(parsed),
            "function_expression" | "generator_function" => self.function("function", parsed),
            "function_declaration" | "generator_function_declaration" => {
                let name = self.node(field(parsed, "name")?)?;
                let function = self.function("function", parsed)?;
                Some(JsNode::of("function_declaration", vec![name, function]))
            }
            "statement_block" => Some(JsNode::of("block", self.statements(parsed)?)),
            "lexical_declaration" | "variable_declaration" => {
                Some(JsNode::of("declarations", self.declarations(parsed)?))
            }
            "if_statement" => {
                self.parts("if", parsed, &["condition", "consequence", "alternative"])
            }
            "else_clause" => self.body(children(parsed).into_iter().next()?),
            "while_statement" => self.parts("while", parsed, &["condition", "body"]),
            "do_statement" => self.parts("do", parsed, &["body", "condition"]),
            "for_statement" => {
                let parts = ["initializer", "condition", "increment", "body"];
                self.parts("for", parsed, &parts)
            }
            "for_in_statement" => {
                let mut node =
                    self.parts("for_in", parsed, &["left", "operator", "right", "body"])?;
                node.inside
                    .extend(has(parsed, "await").then(|| JsNode::leaf("token", "await")));
                Some(node)
            }
            "catch_clause" => self.parts("catch_clause", parsed, &["parameter", "body"]),
            "array" | "array_pattern" => self.array(parsed),
            _ => self.plain(parsed),
        }
    }

    /// The node as it is.
    fn plain(self, parsed: Parsed<'_>) -> Option<JsNode> {
        if parsed.child_count() == 0 {
            return Some(JsNode::leaf(parsed.kind(), self.text(parsed)));
        }
        let mut inside = Vec::new();
        for child in all_children(parsed) {
            if child.is_named() {
                inside.push(self.node(child)?);
            } else if !PARTING.contains(&child.kind()) {
                inside.push(JsNode::leaf("token", child.kind()));
            }
        }
        Some(JsNode::of(parsed.kind(), inside))
    }

    /// An array, in which two commas in a row leave a hole.
    fn array(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let mut inside = Vec::new();
        let mut open = true;
        for child in all_children(parsed) {
            match child.kind() {
                "," if open => inside.push(JsNode::leaf("hole", "")),
                "," => open = true,
                _ if child.is_named() => {
                    inside.push(self.node(child)?);
                    open = false;
                }
                _ => {}
            }
        }
        Some(JsNode::of(parsed.kind(), inside))
    }

    /// The parts of a statement by their fields; what is not there is a node of its own.
    fn parts(self, kind: &'static str, parsed: Parsed<'_>, fields: &[&str]) -> Option<JsNode> {
        let mut inside = Vec::with_capacity(fields.len());
        for name in fields {
            let part = field(parsed, name).filter(|part| part.kind() != ";");
            inside.push(match (part, *name) {
                (None, _) => JsNode::leaf("nothing", ""),
                (Some(part), "operator") => JsNode::leaf("token", part.kind()),
                (Some(part), "consequence" | "body") if kind != "catch_clause" => {
                    self.body(part)?
                }
                (Some(part), _) => self.node(part)?,
            });
        }
        Some(JsNode::of(kind, inside))
    }

    /// The body of a statement, without braces around a single one.
    fn body(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let node = self.node(parsed)?;
        let declares = |node: &JsNode| {
            matches!(
                node.kind,
                "let" | "var" | "function_declaration" | "class_declaration"
            )
        };
        match (node.kind, node.inside.as_slice()) {
            ("block", [only]) if !declares(only) => Some(only.clone()),
            _ => Some(node),
        }
    }

    /// The statements of a block or a program: one for each declared variable, none that is empty.
    fn statements(self, parsed: Parsed<'_>) -> Option<Vec<JsNode>> {
        let mut statements = Vec::new();
        for child in children(parsed) {
            match child.kind() {
                "empty_statement" | "hash_bang_line" => {}
                "lexical_declaration" | "variable_declaration" => {
                    statements.extend(self.deeper()?.declarations(child)?);
                }
                _ => statements.push(self.node(child)?),
            }
        }
        Some(statements)
    }

    fn declarations(self, parsed: Parsed<'_>) -> Option<Vec<JsNode>> {
        // `const` only forbids what these pieces do not do; `var` has another scope.
        let kind = if parsed.kind() == "variable_declaration" {
            "var"
        } else {
            "let"
        };
        let mut declared = Vec::new();
        for child in children(parsed) {
            let mut node = self.node(child)?;
            node.kind = kind;
            node.inside.retain(|inside| inside.kind != "token");
            declared.push(node);
        }
        Some(declared)
    }

    fn arrow(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let parameters = match field(parsed, "parameter") {
            Some(only) => JsNode::of("parameters", vec![self.node(only)?]),
            None => self.parameters(parsed)?,
        };
        let body = returned(self.node(field(parsed, "body")?)?);
        let mut node = JsNode::of("arrow", vec![parameters, body]);
        if has(parsed, "async") {
            node.text.push_str("async");
        }
        Some(node)
    }

    /// A function or a method, without its name: a name of a function that is an expression can
    /// only be used in itself. One that has no use for a `this` of its own is the same as an arrow.
    fn function(self, kind: &'static str, parsed: Parsed<'_>) -> Option<JsNode> {
        let body = self.node(field(parsed, "body")?)?;
        let mut node = JsNode::of(kind, vec![self.parameters(parsed)?, body]);
        let signs = ["async", "*", "function*"].into_iter();
        let signs: Vec<&str> = signs.filter(|sign| has(parsed, sign)).collect();
        node.text = signs.join(" ");
        let is_arrow = kind == "function" && !node.text.contains('*') && !uses_own(&node);
        if is_arrow && let Some(body) = node.inside.pop() {
            node.kind = "arrow";
            node.inside.push(returned(body));
        }
        Some(node)
    }

    fn parameters(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let mut parameters = Vec::new();
        for child in children(field(parsed, "parameters")?) {
            parameters.push(self.node(child)?);
        }
        Some(JsNode::of("parameters", parameters))
    }
}

/// A body that only returns a value, as that value.
fn returned(body: JsNode) -> JsNode {
    match (body.kind, body.inside.as_slice()) {
        ("block", [only]) if only.kind == "return_statement" => {
            let value = only.inside.iter().find(|node| node.kind != "token");
            value.cloned().unwrap_or(body)
        }
        _ => body,
    }
}

/// Whether there is something in a function that means another thing in an arrow.
fn uses_own(node: &JsNode) -> bool {
    let own = matches!(node.kind, "this" | "super" | "meta_property")
        || node.kind == "identifier" && node.text == "arguments";
    let inside = node
        .inside
        .iter()
        .filter(|inside| inside.kind != "function");
    own || inside.into_iter().any(uses_own)
}

/// What is in a node and means something.
fn children(parsed: Parsed<'_>) -> Vec<Parsed<'_>> {
    let all = all_children(parsed).into_iter();
    all.filter(Parsed::is_named).collect()
}

fn all_children(parsed: Parsed<'_>) -> Vec<Parsed<'_>> {
    let mut cursor = parsed.walk();
    let all = parsed.children(&mut cursor);
    all.filter(|child| !child.is_extra()).collect()
}

fn field<'t>(parsed: Parsed<'t>, name: &str) -> Option<Parsed<'t>> {
    parsed.child_by_field_name(name)
}

/// Whether a sign or a word of the language stands directly in a node.
fn has(parsed: Parsed<'_>, sign: &str) -> bool {
    let mut cursor = parsed.walk();
    parsed
        .children(&mut cursor)
        .any(|child| !child.is_named() && child.kind() == sign)
}

fn key_name(text: &str) -> JsNode {
    JsNode::leaf("key", text)
}

fn plain_key(node: &JsNode) -> Option<&str> {
    matches!(node.kind, "string")
        .then_some(&*node.text)
        .filter(|text| is_name(text))
}
