//! Footnotes: numbered by their first reference, gathered at the page's end.

use std::collections::HashMap;
use std::mem;

use pulldown_cmark::{CowStr, Event};

use super::seal::SealedMarkup;
use super::walk::Walk;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Notes<'s> {
    numbers: HashMap<String, Numbered>,
    bodies: Vec<NoteBody>,
    open: Vec<OpenNote<'s>>,
}

/// A footnote being read, and what was written around it.
struct OpenNote<'s> {
    name: CowStr<'s>,
    line: usize,
    out: Vec<Event<'s>>,
    own: SealedMarkup,
}

struct Numbered {
    number: usize,
    references: usize,
}

struct NoteBody {
    name: String,
    line: usize,
    html: String,
}

impl<'s> Walk<'_, '_, 's> {
    pub(super) fn note_reference(&mut self, name: &str, line: usize) {
        let next = self.notes.numbers.len() + 1;
        let note = self.notes.numbers.entry(name.to_owned());
        let note = note.or_insert(Numbered {
            number: next,
            references: 0,
        });
        note.references += 1;
        let Numbered { number, references } = *note;
        let id = from(number, references);
        self.put(
            format!(
                "<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#footnote-{number}\" \
                 role=\"doc-noteref\">{number}</a></sup>"
            ),
            line,
        );
    }

    pub(super) fn open_note(&mut self, name: CowStr<'s>, line: usize) {
        let out = mem::take(&mut self.out);
        let own = mem::take(&mut self.own);
        self.notes.open.push(OpenNote {
            name,
            line,
            out,
            own,
        });
    }

    pub(super) fn close_note(&mut self) {
        let html = self.finished();
        if let Some(OpenNote {
            name,
            line,
            out,
            own,
        }) = self.notes.open.pop()
        {
            self.out = out;
            self.own = own;
            self.notes.bodies.push(NoteBody {
                name: name.into_string(),
                line,
                html,
            });
        }
    }

    /// The footnotes in the order of their numbers; one that nothing refers to is a fault.
    pub(super) fn endnotes(&mut self) -> Option<String> {
        let notes = mem::take(&mut self.notes);
        let mut numbered = Vec::new();
        for body in notes.bodies {
            match notes.numbers.get(&body.name) {
                Some(note) => numbered.push((note, body.html)),
                None => self.desk.faults.add(
                    body.line,
                    format!("nothing refers to the footnote “{}”", body.name),
                    format!("write “[^{}]” in the text, or remove it", body.name),
                ),
            }
        }
        numbered.sort_by_key(|(note, _)| note.number);
        let items: String = numbered
            .into_iter()
            .map(|(note, html)| item(note, &html))
            .collect();
        (!items.is_empty()).then(|| {
            format!(
                "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\
                 <ol>{items}</ol></section>"
            )
        })
    }
}

fn item(note: &Numbered, html: &str) -> String {
    let number = note.number;
    let backs = (1..=note.references).map(|reference| {
        format!(
            " <a class=\"footnote-back\" href=\"#{}\" role=\"doc-backlink\" \
             aria-label=\"Back to the text\">↩</a>",
            from(number, reference)
        )
    });
    let backs: String = backs.collect();
    match html.strip_suffix("</p>") {
        Some(open) => format!("<li id=\"footnote-{number}\">{open}{backs}</p></li>"),
        None => format!("<li id=\"footnote-{number}\">{html}{backs}</li>"),
    }
}

fn from(number: usize, reference: usize) -> String {
    match reference {
        1 => format!("footnote-{number}-from"),
        more => format!("footnote-{number}-from-{more}"),
    }
}
