//! A piece of a page, as text and as a browser takes it to save bytes.

use std::sync::OnceLock;

use crate::web::pages::gzip::{Deflated, Effort};

/// A text that is kept, deflated when somebody first takes it so.
pub(super) struct Piece {
    text: Box<str>,
    effort: Effort,
    deflated: OnceLock<Deflated>,
}

impl Piece {
    pub(super) fn new(text: impl Into<Box<str>>, effort: Effort) -> Self {
        Self {
            text: text.into(),
            effort,
            deflated: OnceLock::new(),
        }
    }

    pub(super) fn text(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub(super) fn deflated(&self) -> &Deflated {
        self.deflated
            .get_or_init(|| Deflated::of(self.text(), self.effort))
    }
}
