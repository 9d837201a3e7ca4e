//! What ends a Run, and what the learner reads then.
