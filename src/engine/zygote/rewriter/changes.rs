//! The second pass: it makes the changes that the handlers asked for.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::mem;
use std::rc::Rc;

use lol_html::html_content::{
    Comment, ContentType, Doctype, DocumentEnd, Element, EndTag, TextChunk,
};
use lol_html::{DocumentContentHandlers, ElementContentHandlers, HandlerResult, Settings};

use super::{Kind, RewritingFault, Sink, Wanted, parsed};

/// Where something is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::zygote) enum Place {
    Before,
    After,
    Prepend,
    Append,
    /// In place of what the element holds.
    Inner,
    /// In place of the unit.
    Replace,
}

/// One thing that a handler asked for.
#[derive(Clone)]
pub(in crate::engine::zygote) enum Change {
    Put(Place, String, ContentType),
    Remove,
    /// Removes the tags of an element.
    Unwrap,
    /// Sets an attribute, or removes it.
    Attribute(String, Option<String>),
    /// The name of an element or of its end tag.
    Name(String),
    /// The text of a comment.
    Text(String),
    /// The end tag of the element has changes of its own.
    EndTag,
}

/// What is to be changed, and what came out, for the closures of the writer.
#[derive(Default)]
pub(super) struct Changes {
    /// For each that was found in the piece.
    waiting: RefCell<VecDeque<Vec<Change>>>,
    made: Rc<RefCell<Vec<u8>>>,
    /// How much was to be put at the ends of elements, which may never come, in bytes.
    kept: Cell<usize>,
}

impl Changes {
    /// Where the writer writes to.
    pub(super) fn sink(&self) -> Sink {
        let made = Rc::clone(&self.made);
        Box::new(move |chunk| made.borrow_mut().extend_from_slice(chunk))
    }

    /// Before a piece is written.
    pub(super) fn begin(&self, changes: Vec<Vec<Change>>) {
        let late = |change: &Change| match change {
            Change::Put(Place::After | Place::Append, text, _) => text.len(),
            _ => 0,
        };
        let kept: usize = changes.iter().flatten().map(late).sum();
        self.kept.set(self.kept.get() + kept);
        *self.waiting.borrow_mut() = changes.into();
    }

    /// What came out; each change must have met what it is of.
    pub(super) fn end(&self) -> Result<Vec<u8>, RewritingFault> {
        if self.waiting.borrow().is_empty() {
            return Ok(mem::take(&mut self.made.borrow_mut()));
        }
        Err(out_of_step())
    }

    /// How much may still be kept for ends of elements, in bytes.
    pub(super) fn kept(&self) -> usize {
        self.kept.get()
    }

    fn next(&self) -> Result<Vec<Change>, RewritingFault> {
        let next = self.waiting.borrow_mut().pop_front();
        next.ok_or_else(out_of_step)
    }

    fn make<T: Changed>(&self, unit: &mut T) -> HandlerResult {
        self.next()?
            .into_iter()
            .try_for_each(|change| unit.change(change))
    }

    fn make_element(self: &Rc<Self>, element: &mut Element<'_, '_>) -> HandlerResult {
        for change in self.next()? {
            match change {
                Change::EndTag => {
                    let changes = Rc::clone(self);
                    element.on_end_tag(Box::new(move |tag| changes.make(tag)))?;
                }
                other => element.change(other)?,
            }
        }
        Ok(())
    }
}

fn out_of_step() -> RewritingFault {
    RewritingFault::Broken("the two passes over the document disagree".into())
}

/// Adds the handlers that make the changes, in the order of those that found what they are of.
pub(super) fn writing(
    mut settings: Settings<'static, 'static>,
    wanted: &[Wanted],
    changes: &Rc<Changes>,
) -> Result<Settings<'static, 'static>, RewritingFault> {
    for Wanted { selector, kind } in wanted {
        settings = if let Some(selector) = selector {
            let handlers = of_elements(*kind, Rc::clone(changes));
            settings.append_element_content_handler((parsed(selector)?, handlers))
        } else {
            let handlers = of_document(*kind, Rc::clone(changes));
            settings.append_document_content_handler(handlers)
        };
    }
    Ok(settings)
}

fn of_elements(kind: Kind, changes: Rc<Changes>) -> ElementContentHandlers<'static> {
    let none = ElementContentHandlers::default();
    match kind {
        Kind::Comment => none.comments(move |it: &mut Comment<'_>| changes.make(it)),
        Kind::Text => none.text(move |it: &mut TextChunk<'_>| changes.make(it)),
        _ => none.element(move |it: &mut Element<'_, '_>| changes.make_element(it)),
    }
}

fn of_document(kind: Kind, changes: Rc<Changes>) -> DocumentContentHandlers<'static> {
    let none = DocumentContentHandlers::default();
    match kind {
        Kind::Comment => none.comments(move |it: &mut Comment<'_>| changes.make(it)),
        Kind::Text => none.text(move |it: &mut TextChunk<'_>| changes.make(it)),
        Kind::Doctype => none.doctype(move |it: &mut Doctype<'_>| changes.make(it)),
        _ => none.end(move |it: &mut DocumentEnd<'_>| changes.make(it)),
    }
}

/// A unit that can be changed. What it has not is not asked of it.
trait Changed {
    fn change(&mut self, change: Change) -> HandlerResult;
}

impl Changed for Element<'_, '_> {
    fn change(&mut self, change: Change) -> HandlerResult {
        match change {
            Change::Put(Place::Before, text, kind) => self.before(&text, kind),
            Change::Put(Place::After, text, kind) => self.after(&text, kind),
            Change::Put(Place::Prepend, text, kind) => self.prepend(&text, kind),
            Change::Put(Place::Append, text, kind) => self.append(&text, kind),
            Change::Put(Place::Inner, text, kind) => self.set_inner_content(&text, kind),
            Change::Put(Place::Replace, text, kind) => self.replace(&text, kind),
            Change::Remove => self.remove(),
            Change::Unwrap => self.remove_and_keep_content(),
            Change::Attribute(name, Some(value)) => self.set_attribute(&name, &value)?,
            Change::Attribute(name, None) => self.remove_attribute(&name),
            Change::Name(name) => self.set_tag_name(&name)?,
            Change::Text(_) | Change::EndTag => {}
        }
        Ok(())
    }
}

impl Changed for EndTag<'_> {
    fn change(&mut self, change: Change) -> HandlerResult {
        match change {
            Change::Put(Place::Before, text, kind) => self.before(&text, kind),
            Change::Put(_, text, kind) => self.after(&text, kind),
            Change::Name(name) => self.set_name(name),
            _ => self.remove(),
        }
        Ok(())
    }
}

impl Changed for Comment<'_> {
    fn change(&mut self, change: Change) -> HandlerResult {
        match change {
            Change::Put(Place::Before, text, kind) => self.before(&text, kind),
            Change::Put(Place::After, text, kind) => self.after(&text, kind),
            Change::Put(_, text, kind) => self.replace(&text, kind),
            Change::Text(text) => self.set_text(&text)?,
            _ => self.remove(),
        }
        Ok(())
    }
}

impl Changed for TextChunk<'_> {
    fn change(&mut self, change: Change) -> HandlerResult {
        match change {
            Change::Put(Place::Before, text, kind) => self.before(&text, kind),
            Change::Put(Place::After, text, kind) => self.after(&text, kind),
            Change::Put(_, text, kind) => self.replace(&text, kind),
            _ => self.remove(),
        }
        Ok(())
    }
}

impl Changed for Doctype<'_> {
    fn change(&mut self, _: Change) -> HandlerResult {
        self.remove();
        Ok(())
    }
}

impl Changed for DocumentEnd<'_> {
    fn change(&mut self, change: Change) -> HandlerResult {
        if let Change::Put(_, text, kind) = change {
            self.append(&text, kind);
        }
        Ok(())
    }
}
