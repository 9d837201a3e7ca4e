//! The server over real sockets: each test starts the real program with an empty data folder and acts
//! as the people who use it.

mod actors {
    pub mod client;
    pub mod learner;
    pub mod program;
    pub mod reader;
}

mod drafts;
mod engine;
mod gateway;
mod hosts;
mod limits;
mod pages;
mod program;
mod sockets;
