//! hxlab: lessons with a live server beside them.
//!
//! The map, from the top floor down; a module may know only the floors below its own, and `tests/floors.rs` fails
//! where one knows more:
//!
//! | floor | modules |
//! |---|---|
//! | 8 | [`commands`]: `serve`, `run`, `check`, `diff`, `zygote` |
//! | 7 | [`web`]: listening, hosts, routes, pages, the gateway |
//! | 6 | [`learning`]: a learner and what is theirs |
//! | 5 | [`challenge`]: trials and claims |
//! | 4 | [`sandbox`]: live state, the wire, the console |
//! | 3 | [`engine`]: one process for each Run · [`store`]: learners' work |
//! | 2 | [`course`]: load, render, diagnose |
//! | 1 | [`questions`]: marking · [`blocks`]: who is shut out · [`archive`]: a project to take away · [`beginnings`]: what a project in the playground begins with · [`settings`] · [`transpile`]: TypeScript and JSX · [`languages`]: orders, plurals, time zones |
//! | 0 | [`exercise`]: lessons and variants by name · [`claim`]: what a log must hold · [`project`] · [`assets`] · [`budget`]: of memory, and of bytes a day · [`memory`]: given back to the system · [`limits`] · [`form`]: fields of a form · [`escape`]: text in HTML · [`excerpt`]: the beginning of a text |

#![warn(unreachable_pub)]

pub(crate) mod archive;
pub(crate) mod assets;
pub(crate) mod beginnings;
pub(crate) mod blocks;
pub(crate) mod budget;
pub(crate) mod challenge;
pub(crate) mod claim;
pub mod commands;
pub(crate) mod course;
pub mod engine;
pub(crate) mod escape;
pub(crate) mod excerpt;
pub(crate) mod exercise;
pub(crate) mod form;
pub(crate) mod languages;
pub(crate) mod learning;
pub mod limits;
pub(crate) mod memory;
pub mod project;
pub(crate) mod questions;
pub(crate) mod sandbox;
pub(crate) mod settings;
pub(crate) mod store;
pub(crate) mod transpile;
pub(crate) mod web;
