//! The web: listening, hosts, routes, pages and the gateway.
//!
//! From the socket inwards: [`listen`] accepts and bounds connections; [`front`] sends each request
//! where its host lives, which [`host`] decides; [`origin`] refuses what other sites send;
//! [`session`] knows the learner; [`fault`] turns what went wrong into a page, a fragment or JSON;
//! [`shutdown`] tells all of them to end.

pub mod body;
pub mod fault;
pub mod front;
pub mod host;
pub mod listen;
pub mod origin;
pub mod session;
pub mod shutdown;
