//! Objects and what is taken out of them: keys in one order, `{ a }` written out, methods as
//! functions.

use arborium_tree_sitter::Node as Parsed;

use super::super::JsNode;
use super::super::text::number;
use super::{TreeReader, children, field, has, key_name, plain_key};

impl TreeReader<'_> {
    pub(super) fn object(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let mut entries = Vec::new();
        for child in children(parsed) {
            entries.push(match child.kind() {
                "pair" => {
                    let key = self.key(field(child, "key")?)?;
                    JsNode::of("pair", vec![key, self.node(field(child, "value")?)?])
                }
                "shorthand_property_identifier" => {
                    let name = self.text(child);
                    let value = JsNode::leaf("identifier", name);
                    JsNode::of("pair", vec![key_name(name), value])
                }
                "method_definition" => self.method(child)?,
                _ => self.node(child)?,
            });
        }
        // A spread, or an accessor, may depend on what stands before it.
        for run in entries.chunk_by_mut(|a, b| a.kind == "pair" && b.kind == "pair") {
            run.sort_by_key(|entry| entry.inside.first().map(JsNode::written));
        }
        Some(JsNode::of("object", entries))
    }

    fn method(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let key = self.key(field(parsed, "name")?)?;
        for sign in ["get", "set"] {
            if has(parsed, sign) {
                let mut accessor = self.function("accessor", parsed)?;
                sign.clone_into(&mut accessor.text);
                accessor.inside.insert(0, key);
                return Some(accessor);
            }
        }
        Some(JsNode::of(
            "pair",
            vec![key, self.function("function", parsed)?],
        ))
    }

    fn key(self, parsed: Parsed<'_>) -> Option<JsNode> {
        match parsed.kind() {
            "property_identifier" => Some(key_name(self.text(parsed))),
            "number" => Some(key_name(&number(self.text(parsed)))),
            "string" => Some(key_name(&self.node(parsed)?.text)),
            "computed_property_name" => {
                let inside = self.node(children(parsed).into_iter().next()?)?;
                Some(match plain_key(&inside) {
                    Some(name) => key_name(name),
                    None => JsNode::of("computed", vec![inside]),
                })
            }
            _ => self.node(parsed),
        }
    }

    pub(super) fn object_pattern(self, parsed: Parsed<'_>) -> Option<JsNode> {
        let mut entries = Vec::new();
        for child in children(parsed) {
            entries.push(match child.kind() {
                "shorthand_property_identifier_pattern" => self.taken(child, None),
                "object_assignment_pattern" => {
                    let left = field(child, "left")?;
                    let value = self.node(field(child, "right")?)?;
                    self.taken(left, Some(value))
                }
                "pair_pattern" => {
                    let key = self.key(field(child, "key")?)?;
                    JsNode::of(
                        "pair_pattern",
                        vec![key, self.node(field(child, "value")?)?],
                    )
                }
                _ => self.node(child)?,
            });
        }
        for run in entries.chunk_by_mut(|a, b| a.kind == b.kind) {
            run.sort_by_key(|entry| entry.inside.first().map(JsNode::written));
        }
        Some(JsNode::of("object_pattern", entries))
    }

    /// `{ a }` or `{ a = value }`, written out.
    fn taken(self, name: Parsed<'_>, value: Option<JsNode>) -> JsNode {
        let name = self.text(name);
        let target = JsNode::leaf("identifier", name);
        let target = match value {
            Some(value) => JsNode::of(
                "assignment_pattern",
                vec![target, JsNode::leaf("token", "="), value],
            ),
            None => target,
        };
        JsNode::of("pair_pattern", vec![key_name(name), target])
    }
}
