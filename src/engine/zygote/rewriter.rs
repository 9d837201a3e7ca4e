//! `HTMLRewriter`: one rewriting of one document, by `lol_html`, which Bun uses as well.
//!
//! No JavaScript runs inside `lol_html`, whose elements live as long as one callback and cannot wait for a promise.
//! Each piece of the document therefore passes twice. The reader notes what the handlers are to see ([`found`]), in
//! their order; JavaScript calls them, and waits where one of them does; the writer goes over the same piece, meets
//! the same units, and makes the changes that came out ([`changes`]). What a handler changes has no influence on
//! what is found, so both passes agree, and a unit that JavaScript keeps is only a copy.

mod changes;
mod found;

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use lol_html::errors::RewritingError;
use lol_html::{HtmlRewriter, MemorySettings, Selector, Settings};

use super::host::Host;
use super::memory::Charge;
use crate::engine::message::LimitName;
pub(super) use changes::{Change, Place};
use changes::{Changes, writing};
pub(super) use found::{Facts, Found};
use found::{Notes, reading};

/// What a rewriting takes without handlers, in bytes: two parsers and their tables.
const BASE: usize = 16 * 1024;

/// What one handler takes in both passes, in bytes, and how many times the length of its selector: measured, and
/// rounded up.
const HANDLER: usize = 1024;
const SELECTOR: usize = 32;

/// What an open element that has handlers takes in both passes, in bytes.
const OPEN: usize = 512;

/// What a handler is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Element,
    Comment,
    Text,
    Doctype,
    End,
}

/// One handler: of what matches a selector, or of the document.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) selector: Option<String>,
    pub(super) kind: Kind,
}

/// Why a rewriting ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum RewritingFault {
    /// It takes more than may be lent.
    #[error("it takes too much memory")]
    TooLarge,
    /// A limit was reached on the way.
    #[error("a limit was reached")]
    Stopped(LimitName),
    /// The two passes disagree, or it is over.
    #[error("{0}")]
    Broken(String),
}

type Sink = Box<dyn FnMut(&[u8])>;
type Pass = HtmlRewriter<'static, Sink>;

/// One rewriting, whose pieces are read and written in turn.
pub(super) struct Rewriting {
    host: Rc<Host>,
    notes: Rc<Notes>,
    changes: Rc<Changes>,
    /// None once they are over.
    reader: Option<Pass>,
    writer: Option<Pass>,
    /// What was read and is to be written: a piece, or none for the end.
    piece: Option<Vec<u8>>,
    /// How much was read, and how much of it the reader has let go of, in bytes.
    read: usize,
    passed: Rc<Cell<usize>>,
    charge: Charge,
    /// What of the charge does not change, in bytes.
    base: usize,
}

/// Why a selector cannot be used, in the words of `lol_html`, which are Bun's.
pub(super) fn selector_fault(selector: &str) -> Option<String> {
    selector
        .parse::<Selector>()
        .err()
        .map(|error| error.to_string())
}

impl Rewriting {
    /// Begins with these handlers; they are known by their place in the list.
    pub(super) fn begin(host: &Rc<Host>, wanted: &[Wanted]) -> Result<Self, RewritingFault> {
        let selectors = wanted.iter().filter_map(|it| it.selector.as_ref());
        let letters: usize = selectors.map(String::len).sum();
        let base = BASE + wanted.len() * HANDLER + letters * SELECTOR;
        let charge = Charge::of(host);
        if !charge.set(base) {
            return Err(RewritingFault::TooLarge);
        }
        let notes = Rc::new(Notes::of(host));
        let changes = Rc::new(Changes::default());
        let passed = Rc::new(Cell::new(0));
        let memory = host.memory.room() / 2;
        let count = Rc::clone(&passed);
        let counted = move |chunk: &[u8]| count.set(count.get() + chunk.len());
        let reader = Pass::new(
            reading(settings(memory), wanted, &notes)?,
            Box::new(counted),
        );
        let writer = Pass::new(writing(settings(memory), wanted, &changes)?, changes.sink());
        Ok(Self {
            host: Rc::clone(host),
            notes,
            changes,
            reader: Some(reader),
            writer: Some(writer),
            piece: None,
            read: 0,
            passed,
            charge,
            base,
        })
    }

    /// Reads a piece, or the end: what the handlers are to see of it.
    pub(super) fn read(&mut self, piece: Option<Vec<u8>>) -> Result<Vec<Found>, RewritingFault> {
        self.notes.begin(self.host.memory.room() / 2);
        self.reader = pass(self.reader.take(), piece.as_deref())?;
        self.read += piece.as_ref().map_or(0, Vec::len);
        self.piece = piece;
        self.count()?;
        Ok(self.notes.take())
    }

    /// Writes what was read, with the changes of each that was found, in order; those of an end tag that nobody
    /// asked for are left out.
    pub(super) fn write(&mut self, changes: Vec<Vec<Change>>) -> Result<Vec<u8>, RewritingFault> {
        self.changes.begin(changes);
        self.count()?;
        self.writer = pass(self.writer.take(), self.piece.take().as_deref())?;
        self.changes.end()
    }

    /// Charges what both passes hold beyond this piece: a tag that is not whole, open elements, and what is to be
    /// put behind them.
    fn count(&self) -> Result<(), RewritingFault> {
        let unfinished = self.read.saturating_sub(self.passed.get());
        let open = self.notes.open() * OPEN;
        let held = self.base + unfinished * 2 + open + self.changes.kept();
        let fits = self.charge.set(held);
        fits.then_some(()).ok_or(RewritingFault::TooLarge)
    }
}

/// One pass over a piece, or its end. A pass that failed is over.
fn pass(pass: Option<Pass>, piece: Option<&[u8]>) -> Result<Option<Pass>, RewritingFault> {
    let mut pass = pass.ok_or_else(|| RewritingFault::Broken("it is over".into()))?;
    let Some(piece) = piece else {
        return pass.end().map(|()| None).map_err(fault);
    };
    pass.write(piece).map_err(fault)?;
    Ok(Some(pass))
}

fn fault(error: RewritingError) -> RewritingFault {
    match error {
        RewritingError::MemoryLimitExceeded(_) => RewritingFault::TooLarge,
        RewritingError::ContentHandlerError(error) => error
            .downcast()
            .map_or_else(|other| RewritingFault::Broken(other.to_string()), |it| *it),
        other => RewritingFault::Broken(other.to_string()),
    }
}

/// Bun's settings: UTF-8 whatever the document says, and a guess where the standard wants a whole tree.
fn settings(memory: usize) -> Settings<'static, 'static> {
    let memory = MemorySettings::new()
        .with_preallocated_parsing_buffer_size(0)
        .with_max_allowed_memory_usage(memory);
    Settings::new()
        .with_strict(false)
        .with_memory_settings(memory)
}

fn parsed(selector: &str) -> Result<Cow<'static, Selector>, RewritingFault> {
    let parsed = selector.parse().map(Cow::Owned);
    parsed.map_err(|_| RewritingFault::Broken(format!("“{selector}” is no selector")))
}

#[cfg(test)]
#[path = "rewriter_tests.rs"]
mod tests;
