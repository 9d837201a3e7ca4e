//! The site's pages. Each file is a page or a control of one; a handler there reads: who, load, do,
//! respond. [`frame`] is what all pages share, [`policy`] what a browser may do with them.

pub(crate) mod again;
pub(crate) mod assets;
mod bench;
pub(crate) mod bun;
pub(crate) mod challenge;
pub(crate) mod compression;
pub(crate) mod course;
pub(crate) mod fault;
pub(crate) mod form;
pub(crate) mod frame;
mod gzip;
pub(crate) mod lesson;
pub(crate) mod me;
pub(crate) mod palette;
pub(crate) mod path;
mod piece;
pub(crate) mod play;
pub(crate) mod policy;
pub(crate) mod question;
pub(crate) mod read;
pub(crate) mod recover;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod step;
pub(crate) mod theme;
