//! The tree that html5ever builds, in one vector: no node owns another, so that no depth of nesting
//! costs stack.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::mem;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{
    Attribute, LocalName, ParseOpts, QualName, expanded_name, local_name, ns, parse_document,
    parse_fragment,
};

/// A tree of HTML.
pub(super) struct Dom {
    nodes: Vec<DomNode>,
    ends_in_tag: bool,
}

/// What a node is.
pub(super) enum NodeContent {
    /// An element with its attributes, each once.
    Element {
        /// In lower case.
        name: String,
        /// Names in lower case, and values.
        attributes: Vec<(String, String)>,
    },
    Text(String),
    /// A document, a comment, a declaration.
    Other,
}

struct DomNode {
    part: NodeContent,
    /// html5ever's name of an element.
    name: Option<QualName>,
    parent: Option<usize>,
    inside: Vec<usize>,
    /// What is in a template.
    contents: Option<usize>,
}

/// Parses a page, or a fragment that may stand anywhere.
pub(super) fn parse(source: &str) -> Dom {
    let lower = source.to_ascii_lowercase();
    let is_page = ["<!doctype", "<html", "<head>", "<body"]
        .iter()
        .any(|tag| lower.contains(tag));
    let sink = Sink::new();
    let options = ParseOpts::default();
    if is_page {
        return parse_document(sink, options).one(source);
    }
    // Inside a template, rows and cells may stand without their table.
    let context = QualName::new(None, ns!(html), LocalName::from("template"));
    parse_fragment(sink, options, context, Vec::new(), false).one(source)
}

impl Dom {
    /// The node that all others are in.
    pub(super) fn root(&self) -> usize {
        // A fragment is built inside an element `html` of its own.
        match self.inside(DOCUMENT) {
            [only] if self.nodes[*only].parent == Some(DOCUMENT) && self.is_fragment() => *only,
            _ => DOCUMENT,
        }
    }

    fn is_fragment(&self) -> bool {
        // The context element was made first, and stands nowhere.
        let context = self.nodes.get(DOCUMENT + 1);
        context.is_some_and(|node| node.parent.is_none() && node.contents.is_some())
    }

    /// What is in a node, in order.
    pub(super) fn inside(&self, node: usize) -> &[usize] {
        &self.nodes[node].inside
    }

    /// What it is.
    pub(super) fn part(&self, node: usize) -> &NodeContent {
        &self.nodes[node].part
    }

    /// An element's name; empty for others.
    pub(super) fn name(&self, node: usize) -> &str {
        match &self.nodes[node].part {
            NodeContent::Element { name, .. } => name,
            _ => "",
        }
    }

    /// The node that holds what is in a template.
    pub(super) fn contents(&self, node: usize) -> Option<usize> {
        self.nodes[node].contents
    }

    /// Whether the source ended within a tag, so that the tag was lost.
    pub(super) fn ends_in_tag(&self) -> bool {
        self.ends_in_tag
    }
}

const DOCUMENT: usize = 0;

struct Sink {
    nodes: RefCell<Vec<DomNode>>,
    ends_in_tag: Cell<bool>,
}

impl Sink {
    fn new() -> Self {
        let sink = Self {
            nodes: RefCell::default(),
            ends_in_tag: Cell::new(false),
        };
        sink.add(NodeContent::Other, None);
        sink
    }

    fn add(&self, part: NodeContent, name: Option<QualName>) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(DomNode {
            part,
            name,
            parent: None,
            inside: Vec::new(),
            contents: None,
        });
        nodes.len() - 1
    }

    /// Puts a node or text at a place among what is in `parent`; text joins the text before it.
    fn put(&self, parent: usize, place: usize, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => {
                self.remove_from_parent(&child);
                child
            }
            NodeOrText::AppendText(text) => {
                if self.joins(parent, place, &text) {
                    return;
                }
                self.add(NodeContent::Text(text.to_string()), None)
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        let inside = &mut nodes[parent].inside;
        let place = place.min(inside.len());
        inside.insert(place, child);
    }

    fn joins(&self, parent: usize, place: usize, more: &str) -> bool {
        let mut nodes = self.nodes.borrow_mut();
        let before = place
            .checked_sub(1)
            .and_then(|place| nodes[parent].inside.get(place).copied());
        match before.map(|before| &mut nodes[before].part) {
            Some(NodeContent::Text(text)) => {
                text.push_str(more);
                true
            }
            _ => false,
        }
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Dom;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Dom {
        Dom {
            nodes: self.nodes.into_inner(),
            ends_in_tag: self.ends_in_tag.get(),
        }
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        // html5ever names the tokenizer's state; in these the tag that was begun is dropped.
        let in_tag = ["TagName", "Attribute", "TagOpen", "SelfClosing", "in tag"];
        if message.contains("EOF") && in_tag.iter().any(|state| message.contains(state)) {
            self.ends_in_tag.set(true);
        }
    }

    fn get_document(&self) -> usize {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| {
            nodes[*target]
                .name
                .as_ref()
                .unwrap_or_else(|| unreachable!("html5ever asks elements only for their names"))
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> usize {
        let attributes = attrs.into_iter().map(|attribute| {
            let name = attribute.name.local.to_string();
            (name, attribute.value.to_string())
        });
        let part = NodeContent::Element {
            name: name.local.to_string(),
            attributes: attributes.collect(),
        };
        let is_template = name.expanded() == expanded_name!(html "template");
        let element = self.add(part, Some(name));
        if is_template {
            let contents = self.add(NodeContent::Other, None);
            self.nodes.borrow_mut()[element].contents = Some(contents);
        }
        element
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(NodeContent::Other, None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(NodeContent::Other, None)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let end = self.nodes.borrow()[*parent].inside.len();
        self.put(*parent, end, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        prev_element: &usize,
        child: NodeOrText<usize>,
    ) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        self.nodes.borrow()[*target].contents.unwrap_or(*target)
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, new_node: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(node) = &new_node {
            self.remove_from_parent(node);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[*sibling].parent.and_then(|parent| {
                let mut inside = nodes[parent].inside.iter();
                Some((parent, inside.position(|node| node == sibling)?))
            })
        };
        if let Some((parent, place)) = place {
            self.put(parent, place, new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attrs: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let NodeContent::Element { attributes, .. } = &mut nodes[*target].part {
            for attribute in attrs {
                let name = attribute.name.local.to_string();
                if !attributes.iter().any(|(known, _)| *known == name) {
                    attributes.push((name, attribute.value.to_string()));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take() {
            nodes[parent].inside.retain(|node| node != target);
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let moved = mem::take(&mut nodes[*node].inside);
        for &child in &moved {
            nodes[child].parent = Some(*new_parent);
        }
        nodes[*new_parent].inside.extend(moved);
    }
}
