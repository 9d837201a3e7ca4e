//! The variants of an answer that an author accepts or expects.

use crate::questions::lines::{ACCEPTED, ANTICIPATED, Item};
use crate::questions::parse::BlockReader;
use crate::questions::{Feedback, Outcome, Verdict};

/// Texts that are right, and wrong ones that are expected. Each is held in a form in which two that
/// count as the same are equal.
#[derive(Debug)]
pub(crate) struct Variants<Form> {
    /// The right ones.
    pub(crate) accepted: Vec<Variant<Form>>,
    /// Wrong ones that the author expects.
    pub(crate) anticipated: Vec<Variant<Form>>,
    /// What is said to any other wrong answer: sanitised block HTML.
    pub(crate) otherwise_html: Option<String>,
}

/// One of them.
#[derive(Debug)]
pub(crate) struct Variant<Form> {
    /// As the author wrote it.
    pub(crate) written: String,
    /// What an answer is compared with.
    pub(crate) form: Form,
    /// What is said to this answer: sanitised block HTML.
    pub(crate) feedback_html: Option<String>,
}

impl<Form> Default for Variants<Form> {
    fn default() -> Self {
        Self {
            accepted: Vec::new(),
            anticipated: Vec::new(),
            otherwise_html: None,
        }
    }
}

impl<Form: PartialEq> Variants<Form> {
    /// Takes the item in, where it is one of these. `form` gives none after it has told a fault.
    pub(super) fn add(
        &mut self,
        item: &Item,
        reader: &mut BlockReader,
        form: impl FnOnce(&str, &mut BlockReader) -> Option<Form>,
    ) {
        let written = item.text.markdown();
        let right = match item.mark.sign {
            ACCEPTED => true,
            ANTICIPATED if written == "*" => return self.otherwise(item, reader),
            ANTICIPATED => false,
            _ => return,
        };
        let feedback_html = reader.feedback(item);
        let Some(form) = form(&written, reader) else {
            return;
        };
        if self.all().any(|known| known.form == form) {
            return reader.fault(
                item.text.line,
                format!("“{written}” counts as the same answer as one above"),
                "remove it: case, space and quotes do not matter",
            );
        }
        let variant = Variant {
            written,
            form,
            feedback_html,
        };
        if right {
            self.accepted.push(variant);
        } else {
            self.anticipated.push(variant);
        }
    }

    fn otherwise(&mut self, item: &Item, reader: &mut BlockReader) {
        let html = reader.feedback(item);
        if html.is_none() {
            let mend = "write “: what to say” below it";
            reader.fault(item.text.line, "“~ *” says nothing", mend);
        } else if self.otherwise_html.is_some() {
            reader.fault(item.text.line, "a second “~ *”", "put both into one");
        }
        self.otherwise_html = html;
    }

    fn all(&self) -> impl Iterator<Item = &Variant<Form>> {
        self.accepted.iter().chain(&self.anticipated)
    }

    /// Whether the author has written one of this form.
    pub(super) fn has(&self, form: &Form) -> bool {
        self.all().any(|variant| variant.form == *form)
    }

    /// Whether an answer is right that is the same as the variants `same` says, and what is said to
    /// it.
    pub(super) fn find(&self, same: impl Fn(&Variant<Form>) -> bool) -> (bool, Option<&str>) {
        let accepted = self.accepted.iter().find(|variant| same(variant));
        let known = accepted.or_else(|| self.anticipated.iter().find(|variant| same(variant)));
        let html = match known {
            Some(variant) => &variant.feedback_html,
            None => &self.otherwise_html,
        };
        (accepted.is_some(), html.as_deref())
    }
}

/// All or nothing, with what is said.
pub(super) fn verdict(right: bool, html: Option<&str>) -> Verdict {
    let score = f64::from(u8::from(right));
    let feedback = html.map(|html| Feedback {
        place: None,
        html: html.to_owned(),
    });
    Verdict::whole(Outcome::of(score), score, feedback.into_iter().collect())
}

/// Markdown for a text as code; backticks around it are the author's own.
pub(super) fn code_span(text: &str) -> String {
    format!("``` {} ```", text.trim_matches('`').replace('\n', " "))
}
