//! HTML, compared as a browser reads it.
//!
//! These do not matter: the order of attributes, quotes, white space, upper case of names, end tags
//! that may be left out, comments; the order of classes; `data-hx-…` for `hx-…`; the form of JSON
//! and JavaScript in attributes that hold it; case and final punctuation of text.

mod sink;

use std::collections::BTreeMap;

use super::{CodeError, js};
use crate::escape::escaped;
use crate::questions::text::normalised;
use sink::{Dom, NodeContent, parse};

/// The deepest nesting that is read.
const DEPTH: usize = 100;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(crate) struct HtmlPiece(Vec<HtmlNode>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum HtmlNode {
    Element(Element),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    inside: Vec<HtmlNode>,
}

/// Reads a piece of HTML: a page where it has a `html`, `head` or `body`, otherwise a fragment that
/// may stand anywhere.
pub(crate) fn read(source: &str) -> Result<HtmlPiece, CodeError> {
    let dom = parse(source);
    if dom.ends_in_tag() {
        return Err(CodeError {
            line: source.lines().count().max(1),
            problem: "a tag does not end; is a quote or a “>” missing".to_owned(),
        });
    }
    let inside = nodes(&dom, dom.root(), DEPTH).ok_or_else(|| CodeError {
        line: 1,
        problem: format!("elements stand more than {DEPTH} deep in each other"),
    })?;
    Ok(HtmlPiece(inside))
}

/// None where it is too deep.
fn nodes(dom: &Dom, parent: usize, depth: usize) -> Option<Vec<HtmlNode>> {
    let depth = depth.checked_sub(1)?;
    let mut nodes = Vec::new();
    for &child in dom.inside(parent) {
        match dom.part(child) {
            NodeContent::Text(text) => {
                let text = match dom.name(parent) {
                    "script" => js::canonical(text).unwrap_or_else(|| normalised(text)),
                    "pre" | "textarea" => text.trim().to_owned(),
                    _ => normalised(text),
                };
                if !text.is_empty() {
                    nodes.push(HtmlNode::Text(text));
                }
            }
            NodeContent::Element { name, attributes } => {
                let attributes = attributes.iter();
                nodes.push(HtmlNode::Element(Element {
                    name: name.clone(),
                    attributes: attributes
                        .map(|(name, value)| attribute(name, value))
                        .collect(),
                    inside: nodes_of(dom, child, depth)?,
                }));
            }
            NodeContent::Other => {}
        }
    }
    Some(nodes)
}

/// What is in an element; a template's contents for a template.
fn nodes_of(dom: &Dom, element: usize, depth: usize) -> Option<Vec<HtmlNode>> {
    nodes(dom, dom.contents(element).unwrap_or(element), depth)
}

/// Attributes that are there or not, whatever their value.
const BOOLEAN: [&str; 12] = [
    "autofocus",
    "checked",
    "defer",
    "async",
    "disabled",
    "hidden",
    "multiple",
    "novalidate",
    "open",
    "readonly",
    "required",
    "selected",
];

fn attribute(name: &str, value: &str) -> (String, String) {
    let ours = |name: &&str| ["hx-", "sse-", "ws-"].iter().any(|p| name.starts_with(p));
    let name = name.strip_prefix("data-").filter(ours).unwrap_or(name);
    let value = match name {
        "class" => {
            let mut classes: Vec<&str> = value.split_whitespace().collect();
            classes.sort_unstable();
            classes.dedup();
            classes.join(" ")
        }
        "hx-vals" | "hx-headers" | "hx-request" => json(value),
        _ if BOOLEAN.contains(&name) => String::new(),
        _ if name.starts_with("hx-on") || name.starts_with("on") => {
            js::canonical(value).unwrap_or_else(|| listed(value))
        }
        _ if ours(&name) || name == "rel" => listed(value),
        _ => value.trim().to_owned(),
    };
    // `hx-on::after-request` is short for `hx-on:htmx:after-request`.
    let name = match name.strip_prefix("hx-on::") {
        Some(event) => format!("hx-on:htmx:{event}"),
        None => name.to_owned(),
    };
    (name, value)
}

/// Words without space around their commas.
fn listed(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    words.join(" ").replace(" ,", ",").replace(", ", ",")
}

/// JSON with its keys in order; what is none, as words.
fn json(value: &str) -> String {
    fn sorted(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(map) => {
                let sorted_map: BTreeMap<String, serde_json::Value> = map
                    .into_iter()
                    .map(|(key, value)| (key, sorted(value)))
                    .collect();
                sorted_map.into_iter().collect()
            }
            serde_json::Value::Array(all) => all.into_iter().map(sorted).collect(),
            other => other,
        }
    }
    let parsed = serde_json::from_str(value).map(sorted);
    parsed.map_or_else(|_| listed(value), |parsed| parsed.to_string())
}

/// How many differences there are, and the first of them in a sentence of HTML.
pub(crate) fn differences(found: &HtmlPiece, right: &HtmlPiece) -> (usize, Option<String>) {
    let mut all = Vec::new();
    compare(&found.0, &right.0, "the piece", &mut all);
    (all.len(), all.into_iter().next())
}

fn compare(found: &[HtmlNode], right: &[HtmlNode], place: &str, all: &mut Vec<String>) {
    let mut pairs = found.iter().zip(right);
    for (found, right) in pairs.by_ref() {
        match (found, right) {
            (HtmlNode::Element(found), HtmlNode::Element(right)) if found.name == right.name => {
                attributes(found, right, all);
                compare(&found.inside, &right.inside, &tag(found), all);
            }
            (HtmlNode::Element(found), HtmlNode::Element(_)) => {
                all.push(format!(
                    "{} is another element than is asked for.",
                    tag(found)
                ));
            }
            (HtmlNode::Text(found), HtmlNode::Text(right)) if found == right => {}
            (HtmlNode::Text(found), HtmlNode::Text(_)) => {
                all.push(format!("The text “{}” is another one.", escaped(found)));
            }
            (HtmlNode::Element(found), HtmlNode::Text(_)) => {
                all.push(format!("{} stands where text is asked for.", tag(found)));
            }
            (HtmlNode::Text(found), HtmlNode::Element(_)) => all.push(format!(
                "The text “{}” stands where an element is asked for.",
                escaped(found)
            )),
        }
    }
    for more in found.iter().skip(right.len()) {
        all.push(match more {
            HtmlNode::Element(element) => format!("{} is too much.", tag(element)),
            HtmlNode::Text(text) => format!("The text “{}” is too much.", escaped(text)),
        });
    }
    for _ in right.iter().skip(found.len()) {
        all.push(format!("Something is missing in {place}."));
    }
}

fn attributes(found: &Element, right: &Element, all: &mut Vec<String>) {
    let tag = tag(found);
    for (name, value) in &found.attributes {
        let name_html = escaped(name);
        match right.attributes.get(name) {
            Some(other) if other == value => {}
            Some(_) => all.push(format!(
                "<code>{name_html}</code> on {tag} has another value."
            )),
            None => all.push(format!(
                "<code>{name_html}</code> on {tag} does not belong there."
            )),
        }
    }
    let missing = right
        .attributes
        .keys()
        .filter(|name| !found.attributes.contains_key(*name));
    for _ in missing {
        all.push(format!("{tag} lacks an attribute."));
    }
}

fn tag(element: &Element) -> String {
    format!("<code>&lt;{}&gt;</code>", escaped(&element.name))
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
