//! The engine: one process for each Run, forked from the zygote.
//!
//! [`Engine::start`] starts the zygote; [`Engine::spawn`] forks a Run of a project and gives a
//! [`Run`] to talk to. Dropping the [`Run`] kills its process; dropping the [`Engine`] ends the
//! zygote and with it every Run.

pub mod message;
