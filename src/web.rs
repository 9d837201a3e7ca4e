//! The web: listening, hosts, routes, pages and the gateway.
//!
//! From the socket inwards: [`listen`] accepts and bounds connections; [`front`] sends each request
//! where its host lives, which [`host`] decides. The site: [`origin`] refuses what other sites send,
//! [`session`] knows the learner, [`routes`] is the one route table, [`pages`], [`live`] and [`challenge`] answer it
//! from what [`site`] holds. A sandbox: [`gateway`]. For both, [`fault`] turns what went wrong into a
//! page, a fragment or JSON, and [`shutdown`] tells all of them to end.

pub mod body;
pub mod challenge;
pub mod export;
pub mod fault;
pub mod front;
pub mod gateway;
pub mod host;
pub mod listen;
pub mod live;
pub mod origin;
pub mod pages;
pub mod rounds;
pub mod routes;
pub mod session;
pub mod shutdown;
pub mod site;
