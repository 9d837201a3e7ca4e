//! What a page says at a place of an answer: at a choice, a step, a pair or a gap.

use serde::Serialize;

use crate::questions::Verdict;

/// What templates show at a place.
#[derive(Debug, Default, Serialize)]
pub(super) struct PlaceView {
    /// `right` or `wrong`, once that may be told.
    mark: Option<&'static str>,
    /// Sanitised block HTML.
    html: Option<String>,
}

impl PlaceView {
    /// Whether it is right, where that may be told, and what is said there.
    pub(super) fn new(right: Option<bool>, html: Option<&str>) -> Self {
        Self {
            mark: right.map(|right| if right { "right" } else { "wrong" }),
            html: html.map(str::to_owned),
        }
    }

    /// What the verdict, where there is one, tells of a place.
    pub(super) fn at(place: usize, verdict: Option<&Verdict>) -> Self {
        let right = verdict.and_then(|verdict| verdict.places.get(place).copied());
        Self::new(
            right,
            verdict.and_then(|verdict| verdict.feedback_at(place)),
        )
    }
}
