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

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn text(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// How much it keeps for one page alone.
    pub(super) fn own_bytes(&self) -> usize {
        match self.effort {
            Effort::Once => self.text.len(),
            Effort::Often => 0,
        }
    }

    pub(super) fn deflated(&self) -> &Deflated {
        self.deflated
            .get_or_init(|| Deflated::of(self.text(), self.effort))
    }
}
