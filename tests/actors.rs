//! The server over real sockets: each test starts the real program with an empty data folder and acts
//! as the people who use it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on shall end"
)]

mod actors {
    pub mod client;
    pub mod disk;
    pub mod http2;
    pub mod learner;
    pub mod machine;
    pub mod noise;
    pub mod operator;
    pub mod program;
    pub mod reader;
    pub mod terminal;
}

mod blocking;
mod browsers;
mod budget;
mod challenges;
mod clients;
mod composing;
mod cookies;
mod copies;
mod disk;
mod drafts;
mod engine;
mod faults;
mod floors;
mod forms;
mod frames;
mod gateway;
mod health;
mod hosts;
mod jail;
mod leaving;
mod limits;
mod operate;
mod origins;
mod pages;
mod playground;
mod ports;
mod program;
mod questions;
mod restart;
mod running;
mod sockets;
mod steps;
mod uploads;
mod versions;
mod who;
