//! The first pass: it changes nothing, and notes what the handlers are to see.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use lol_html::html_content::{Comment, Doctype, Element, EndTag, TextChunk, UserData};
use lol_html::{DocumentContentHandlers, ElementContentHandlers, HandlerResult, Settings};

use super::{Kind, RewritingFault, Wanted, parsed};
use crate::engine::zygote::host::Host;

/// What something found takes at least until JavaScript has it, in bytes.
const LEAST: usize = 128;

/// Something that a handler is to see.
#[derive(Debug, PartialEq)]
pub(in crate::engine::zygote) struct Found {
    /// Which handler, or none for the end tag of an element that has handlers.
    pub(in crate::engine::zygote) handler: Option<usize>,
    /// The number of the unit; several handlers may see the same one, one after the other.
    pub(in crate::engine::zygote) unit: u32,
    /// What the unit is, for the first that sees it.
    pub(in crate::engine::zygote) facts: Option<Facts>,
}

/// What a unit is.
#[derive(Debug, PartialEq)]
pub(in crate::engine::zygote) enum Facts {
    Element {
        name: String,
        self_closing: bool,
        can_have_content: bool,
        namespace: &'static str,
        /// Names in lower case, and values as they are written.
        attributes: Vec<(String, String)>,
    },
    /// Of this element; one tag may end several of them, which have it in turn.
    EndTag {
        element: u32,
        name: String,
    },
    Comment(String),
    Text {
        text: String,
        is_last: bool,
    },
    Doctype {
        name: Option<String>,
        public_id: Option<String>,
        system_id: Option<String>,
    },
    End,
}

impl Facts {
    /// About how many bytes it takes.
    fn size(&self) -> usize {
        match self {
            Self::Element {
                name, attributes, ..
            } => {
                let attribute = |(name, value): &(String, String)| name.len() + value.len() + LEAST;
                name.len() + attributes.iter().map(attribute).sum::<usize>()
            }
            Self::EndTag { name: text, .. } | Self::Comment(text) | Self::Text { text, .. } => {
                text.len()
            }
            Self::Doctype {
                name,
                public_id,
                system_id,
            } => [name, public_id, system_id]
                .into_iter()
                .flatten()
                .map(String::len)
                .sum(),
            Self::End => 0,
        }
    }
}

/// The mark of a unit that a handler has seen.
struct Number(u32);

/// What was found, for the closures of the reader.
pub(super) struct Notes {
    host: Rc<Host>,
    found: RefCell<Vec<Found>>,
    /// How much more may be noted of this piece, in bytes.
    room: Cell<usize>,
    units: Cell<u32>,
    open: Cell<usize>,
    /// Where the last end tag begins in the document, and its number.
    end_tag: Cell<Option<(usize, u32)>>,
}

impl Notes {
    pub(super) fn of(host: &Rc<Host>) -> Self {
        Self {
            host: Rc::clone(host),
            found: RefCell::default(),
            room: Cell::new(0),
            units: Cell::new(0),
            open: Cell::new(0),
            end_tag: Cell::new(None),
        }
    }

    /// Before a piece, of which so many bytes may be noted.
    pub(super) fn begin(&self, room: usize) {
        self.room.set(room);
    }

    pub(super) fn take(&self) -> Vec<Found> {
        self.found.take()
    }

    /// How many elements with handlers have not ended.
    pub(super) fn open(&self) -> usize {
        self.open.get()
    }

    fn note(&self, found: Found) -> HandlerResult {
        let size = LEAST + found.facts.as_ref().map_or(0, Facts::size);
        let Some(rest) = self.room.get().checked_sub(size) else {
            return Err(RewritingFault::TooLarge.into());
        };
        self.room.set(rest);
        if let Some(limit) = self.host.clock.check() {
            return Err(RewritingFault::Stopped(limit).into());
        }
        self.found.borrow_mut().push(found);
        Ok(())
    }

    /// Notes a unit, with what it is if no handler has seen it.
    fn unit<T: UserData>(
        &self,
        handler: usize,
        unit: &mut T,
        facts: impl FnOnce(&T) -> Facts,
    ) -> Result<Option<u32>, Box<dyn std::error::Error + Send + Sync>> {
        let known = unit
            .user_data()
            .downcast_ref()
            .map(|Number(number)| *number);
        let number = known.unwrap_or_else(|| self.next());
        let facts = known.is_none().then(|| facts(unit));
        if known.is_none() {
            unit.set_user_data(Number(number));
        }
        self.note(Found {
            handler: Some(handler),
            unit: number,
            facts,
        })?;
        Ok(known.is_none().then_some(number))
    }

    fn next(&self) -> u32 {
        self.units.replace(self.units.get().wrapping_add(1))
    }

    fn element(self: &Rc<Self>, handler: usize, element: &mut Element<'_, '_>) -> HandlerResult {
        let Some(number) = self.unit(handler, element, element_facts)? else {
            return Ok(());
        };
        if element.can_have_content() {
            self.open.set(self.open.get() + 1);
            let notes = Rc::clone(self);
            element.on_end_tag(Box::new(move |tag| notes.end_tag(number, tag)))?;
        }
        Ok(())
    }

    fn end_tag(&self, element: u32, tag: &EndTag<'_>) -> HandlerResult {
        self.open.set(self.open.get().saturating_sub(1));
        let at = tag.source_location().bytes().start;
        let known = self.end_tag.get().filter(|(place, _)| *place == at);
        let unit = known.map_or_else(|| self.next(), |(_, number)| number);
        self.end_tag.set(Some((at, unit)));
        let name = tag.name();
        self.note(Found {
            handler: None,
            unit,
            facts: Some(Facts::EndTag { element, name }),
        })
    }
}

/// Adds the handlers that note.
pub(super) fn reading(
    mut settings: Settings<'static, 'static>,
    wanted: &[Wanted],
    notes: &Rc<Notes>,
) -> Result<Settings<'static, 'static>, RewritingFault> {
    for (index, Wanted { selector, kind }) in wanted.iter().enumerate() {
        settings = if let Some(selector) = selector {
            let handlers = of_elements(*kind, index, Rc::clone(notes));
            settings.append_element_content_handler((parsed(selector)?, handlers))
        } else {
            let handlers = of_document(*kind, index, Rc::clone(notes));
            settings.append_document_content_handler(handlers)
        };
    }
    Ok(settings)
}

fn of_elements(kind: Kind, index: usize, notes: Rc<Notes>) -> ElementContentHandlers<'static> {
    let none = ElementContentHandlers::default();
    match kind {
        Kind::Comment => none
            .comments(move |it: &mut Comment<'_>| notes.unit(index, it, comment_facts).map(drop)),
        Kind::Text => {
            none.text(move |it: &mut TextChunk<'_>| notes.unit(index, it, text_facts).map(drop))
        }
        _ => none.element(move |it: &mut Element<'_, '_>| notes.element(index, it)),
    }
}

fn of_document(kind: Kind, index: usize, notes: Rc<Notes>) -> DocumentContentHandlers<'static> {
    let none = DocumentContentHandlers::default();
    match kind {
        Kind::Comment => none
            .comments(move |it: &mut Comment<'_>| notes.unit(index, it, comment_facts).map(drop)),
        Kind::Text => {
            none.text(move |it: &mut TextChunk<'_>| notes.unit(index, it, text_facts).map(drop))
        }
        Kind::Doctype => {
            none.doctype(move |it: &mut Doctype<'_>| notes.unit(index, it, doctype_facts).map(drop))
        }
        _ => none.end(move |_: &mut lol_html::html_content::DocumentEnd<'_>| {
            notes.note(Found {
                handler: Some(index),
                unit: notes.next(),
                facts: Some(Facts::End),
            })
        }),
    }
}

fn element_facts(element: &Element<'_, '_>) -> Facts {
    let attributes = element.attributes().iter();
    Facts::Element {
        name: element.tag_name(),
        self_closing: element.is_self_closing(),
        can_have_content: element.can_have_content(),
        namespace: element.namespace_uri(),
        attributes: attributes.map(|it| (it.name(), it.value())).collect(),
    }
}

fn comment_facts(comment: &Comment<'_>) -> Facts {
    Facts::Comment(comment.text())
}

fn text_facts(chunk: &TextChunk<'_>) -> Facts {
    Facts::Text {
        text: chunk.as_str().to_owned(),
        is_last: chunk.last_in_text_node(),
    }
}

fn doctype_facts(doctype: &Doctype<'_>) -> Facts {
    Facts::Doctype {
        name: doctype.name(),
        public_id: doctype.public_id(),
        system_id: doctype.system_id(),
    }
}
