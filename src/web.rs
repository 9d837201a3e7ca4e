//! The web: listening, hosts, routes, pages and the gateway.
//!
//! From the socket inwards: [`listen`] accepts and bounds connections; [`front`] sends each request
//! where its host lives, which [`host`] decides. The site: [`origin`] refuses what other sites send,
//! [`who`] knows the learner, by [`session`], and sends the cookie, [`routes`] is the one route table, [`pages`], [`live`]
//! and [`challenge`] answer it from what [`site`] holds. A sandbox: [`gateway`]. For both, [`fault`] turns what went wrong into a
//! page, a fragment or JSON, and [`shutdown`] tells all of them to end. [`requests`], [`metrics`] and
//! [`control`] are for whoever runs the site.

pub(crate) mod body;
pub(crate) mod challenge;
pub(crate) mod control;
pub(crate) mod cookies;
mod direct;
pub(crate) mod export;
pub(crate) mod fair;
pub(crate) mod fault;
pub(crate) mod front;
pub(crate) mod gateway;
pub(crate) mod health;
pub(crate) mod host;
pub(crate) mod htmx;
pub(crate) mod judges;
pub(crate) mod listen;
pub(crate) mod live;
pub(crate) mod metrics;
mod order;
pub(crate) mod origin;
pub(crate) mod pages;
pub(crate) mod per_minute;
pub(crate) mod requests;
pub(crate) mod routes;
pub(crate) mod second_client;
pub(crate) mod session;
pub(crate) mod shutdown;
pub(crate) mod site;
pub(crate) mod slow;
pub(crate) mod tossed;
pub(crate) mod versions;
pub(crate) mod who;
