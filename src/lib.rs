//! hxlab: lessons with a live server beside them.
//!
//! The map, from the top floor down; a module may know only the floors below its own:
//!
//! | floor | modules |
//! |---|---|
//! | 5 | [`commands`]: `serve`, `run`, `check`, `zygote` |
//! | 4 | [`web`]: listening, hosts, routes, pages, the gateway |
//! | 3 | [`learning`]: a learner and what is theirs; below it [`sandbox`]: live state, the wire, the console · [`challenge`]: trials and claims |
//! | 2 | [`engine`]: one process for each Run · [`store`]: SQLite |
//! | 1 | [`course`]: load, render, diagnose · [`archive`]: a project to take away |
//! | 0 | [`questions`]: marking · `form` · [`project`] · [`assets`] · [`settings`] · [`limits`] |

pub mod archive;
pub mod assets;
pub mod challenge;
pub mod commands;
pub mod course;
pub mod engine;
pub mod exercise;
pub(crate) mod form;
pub(crate) mod learning;
pub mod limits;
pub mod project;
pub mod questions;
pub mod sandbox;
pub mod settings;
pub mod store;
pub(crate) mod web;
