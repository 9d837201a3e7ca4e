//! Operators, calls and what is reached by them: strings put together in one way, comparisons in one
//! direction, `x["a"]` as `x.a`.

use arborium_tree_sitter::Node as Parsed;

use super::super::JsNode;
use super::super::text::unescaped;
use super::{TreeReader, children, field, has, plain_key};
use crate::questions::kinds::code::html;

const SAME: [&str; 4] = ["===", "!==", "==", "!="];

impl TreeReader<'_> {
    pub(super) fn binary(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let left = self.node(field(parsed, "left")?)?;
        let right = self.node(field(parsed, "right")?)?;
        let sign = field(parsed, "operator")?.kind();
        if sign == "+" && (is_text(&left) || is_text(&right)) {
            return Some(joined(vec![left, right]));
        }
        let literal = |node: &JsNode| {
            matches!(
                node.kind,
                "string" | "number" | "null" | "true" | "false" | "undefined"
            )
        };
        let inside = if SAME.contains(&sign) && literal(&left) && !literal(&right) {
            vec![right, left]
        } else {
            vec![left, right]
        };
        let mut node = JsNode::of("binary", inside);
        sign.clone_into(&mut node.text);
        Some(node)
    }

    pub(super) fn unary(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let sign = field(parsed, "operator")?.kind();
        let mut argument = self.node(field(parsed, "argument")?)?;
        let opposite = match (sign, argument.kind, &*argument.text) {
            ("!", "binary", "===") => Some("!=="),
            ("!", "binary", "!==") => Some("==="),
            ("!", "binary", "==") => Some("!="),
            ("!", "binary", "!=") => Some("=="),
            _ => None,
        };
        if let Some(opposite) = opposite {
            opposite.clone_into(&mut argument.text);
            return Some(argument);
        }
        let mut node = JsNode::of("unary", vec![argument]);
        sign.clone_into(&mut node.text);
        Some(node)
    }

    pub(super) fn member(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let object = self.node(field(parsed, "object")?)?;
        let index = match field(parsed, "index") {
            Some(index) => self.node(index)?,
            None => JsNode::leaf("string", self.text(field(parsed, "property")?)),
        };
        let mut node = match plain_key(&index) {
            Some(name) => JsNode::of("member", vec![object, JsNode::leaf("property", name)]),
            None => JsNode::of("element", vec![object, index]),
        };
        if field(parsed, "optional_chain").is_some() {
            node.text.push_str("?.");
        }
        Some(node)
    }

    pub(super) fn call(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let called = self.node(field(parsed, "function")?)?;
        let arguments = field(parsed, "arguments")?;
        if arguments.kind() == "template_string" {
            return self.tagged(called, arguments);
        }
        let mut node = JsNode::of("call", vec![called, self.node(arguments)?]);
        if field(parsed, "optional_chain").is_some() || has(parsed, "?.") {
            node.text.push_str("?.");
        }
        Some(node)
    }

    pub(super) fn made(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let class = self.node(field(parsed, "constructor")?)?;
        let arguments = match field(parsed, "arguments") {
            Some(arguments) => self.node(arguments)?,
            None => JsNode::of("arguments", Vec::new()),
        };
        Some(JsNode::of("new", vec![class, arguments]))
    }

    /// A template: a string, or strings and values put together.
    pub(super) fn template(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let pieces = self.pieces(parsed)?;
        Some(match <[JsNode; 1]>::try_from(pieces) {
            Ok([only]) if only.kind == "string" => only,
            Ok([only]) => joined(vec![JsNode::leaf("string", ""), only]),
            Err(pieces) if pieces.is_empty() => JsNode::leaf("string", ""),
            Err(pieces) => joined(pieces),
        })
    }

    /// A template with a tag; with the tag `html`, what stands in it is compared as HTML.
    fn tagged(self, tag: JsNode, parsed: Parsed<'_>) -> Option<JsNode> {
        let pieces = self.pieces(parsed)?;
        if tag.kind == "identifier"
            && tag.text == "html"
            && let Some(markup) = markup(&pieces)
        {
            return Some(markup);
        }
        Some(JsNode::of("tagged", [vec![tag], pieces].concat()))
    }

    /// The texts and values of a template, in order.
    fn pieces(self, parsed: Parsed<'_>) -> Option<Vec<JsNode>> {
        let mut pieces = Vec::new();
        let mut from = parsed.start_byte() + 1;
        let text = |from: usize, to: usize, pieces: &mut Vec<JsNode>| {
            let source = self.source.get(from..to).unwrap_or_default();
            if !source.is_empty() {
                pieces.push(JsNode::leaf("string", unescaped(source)));
            }
        };
        for child in children(parsed) {
            if child.kind() == "template_substitution" {
                text(from, child.start_byte(), &mut pieces);
                pieces.push(self.node(children(child).into_iter().next()?)?);
                from = child.end_byte();
            }
        }
        text(from, parsed.end_byte().saturating_sub(1), &mut pieces);
        Some(pieces)
    }
}

/// The texts and values of a template as HTML; none where it cannot be read.
///
/// Values stand in the HTML as marks with a number, and are numbered anew in the order of the HTML
/// that is compared, so that they may move with their attributes.
fn markup(pieces: &[JsNode]) -> Option<JsNode> {
    let mut values: Vec<JsNode> = Vec::new();
    let mut source = String::new();
    for piece in pieces {
        if piece.kind == "string" {
            source.push_str(&piece.text);
            continue;
        }
        let known = values.iter().position(|value| value == piece);
        let number = known.unwrap_or(values.len());
        if known.is_none() {
            values.push(piece.clone());
        }
        source.extend([BEFORE, &number.to_string(), AFTER]);
    }
    let read = format!("{:?}", html::read(&source).ok()?);
    let mut node = JsNode::of("html", Vec::new());
    let mut order: Vec<usize> = Vec::new();
    let mut rest = &*read;
    while let Some((before, after)) = rest.split_once(BEFORE) {
        let (number, after) = after.split_once(AFTER)?;
        let number: usize = number.parse().ok()?;
        let known = order.iter().position(|known| *known == number);
        let place = known.unwrap_or(order.len());
        if known.is_none() {
            order.push(number);
            node.inside.push(values.get(number)?.clone());
        }
        node.text
            .extend([before, BEFORE, &place.to_string(), AFTER]);
        rest = after;
    }
    node.text.push_str(rest);
    Some(node)
}

/// Around a value's number; nobody writes this.
const BEFORE: &str = "qzq";
const AFTER: &str = "zqz";

fn is_text(node: &JsNode) -> bool {
    matches!(node.kind, "string" | "joined")
}

/// Strings and values put together; neighbouring strings are one, empty ones none.
fn joined(parts: Vec<JsNode>) -> JsNode {
    let mut inside: Vec<JsNode> = Vec::new();
    let flat = parts.into_iter().flat_map(|part| {
        if part.kind == "joined" {
            part.inside
        } else {
            vec![part]
        }
    });
    for part in flat {
        match inside.last_mut() {
            Some(last) if last.kind == "string" && part.kind == "string" => {
                last.text.push_str(&part.text);
            }
            _ => inside.push(part),
        }
    }
    inside.retain(|part| part.kind != "string" || !part.text.is_empty());
    if inside.is_empty() {
        return JsNode::leaf("string", "");
    }
    if let [only] = inside.as_slice()
        && only.kind == "string"
    {
        return only.clone();
    }
    JsNode::of("joined", inside)
}
