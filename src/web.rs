//! The web: listening, hosts, routes, pages and the gateway.
//!
//! From the socket inwards: [`listen`] accepts and bounds connections; [`host`] says which host a
//! request is for; [`origin`] refuses what other sites send; [`session`] knows the learner;
//! [`routes`] is the one route table, [`pages`] answers it from what [`site`] holds; [`fault`] turns
//! what went wrong into a page, a fragment or JSON; [`shutdown`] tells all of them to end.

pub mod body;
pub mod fault;
pub mod front;
pub mod gateway;
pub mod host;
pub mod listen;
pub mod live;
pub mod origin;
pub mod pages;
pub mod routes;
pub mod session;
pub mod shutdown;
pub mod site;
