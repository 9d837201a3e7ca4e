//! The site's pages. Each file is a page or a control of one; a handler there reads: who, load, do,
//! respond. [`frame`] is what all pages share, [`policy`] what a browser may do with them.

pub mod again;
pub mod assets;
pub mod challenge;
pub mod course;
pub mod fault;
pub mod form;
pub mod frame;
pub mod lesson;
pub mod me;
pub mod path;
pub mod policy;
pub mod progress;
pub mod question;
pub mod read;
pub mod recover;
pub mod review;
pub mod search;
pub mod theme;
