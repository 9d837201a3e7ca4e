//! What hxlab does, told by those who use it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on shall end"
)]

mod engine;
