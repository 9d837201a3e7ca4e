//! Drafts: the saved versions of a learner's project for an exercise, of which the newest is the draft.

use crate::project::Project;

/// A learner's saved project for one exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) project: Project,
    /// Which version this is, from 1.
    pub(crate) version: u64,
    /// When it was saved, in milliseconds since 1970.
    pub(crate) saved_ms: u64,
}

/// What became of a draft that was to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SaveOutcome {
    /// It is the draft now; a text that was saved already keeps its version.
    Saved {
        /// The version that holds it.
        version: u64,
        /// When that was saved, in milliseconds since 1970.
        saved_ms: u64,
    },
    /// Another tab saved something else since the version that this one began from.
    Conflict(Draft),
}

/// What to do with a project that was made from version `base` of a draft, 0 where there was none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Keep it under this number.
    Keep(u64),
    /// Keep nothing: this is the outcome.
    Answer(SaveOutcome),
}

/// The rule of saving: the same text again is no new version, and nobody's newer text is overwritten.
pub(super) fn decide(newest: Option<Draft>, project: &Project, base: u64) -> Decision {
    match newest {
        None => Decision::Keep(1),
        Some(draft) if draft.project == *project => Decision::Answer(SaveOutcome::Saved {
            version: draft.version,
            saved_ms: draft.saved_ms,
        }),
        Some(draft) if draft.version != base => Decision::Answer(SaveOutcome::Conflict(draft)),
        Some(draft) => Decision::Keep(draft.version + 1),
    }
}
