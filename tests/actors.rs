//! What hxlab does, told by those who use it.

mod engine;
