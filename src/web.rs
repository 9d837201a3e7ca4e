//! The web: listening, hosts, routes, pages and the gateway.
