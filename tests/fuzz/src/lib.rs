//! The parts of hxlab that read what others send, and nothing else of it: their files, in modules of the
//! same names. So the fuzz targets are built in a minute, and see what is not public.

#![allow(
    dead_code,
    missing_docs,
    unused_imports,
    reason = "only parts of these files are used"
)]

#[path = "../../../src/archive.rs"]
pub mod archive;
#[path = "../../../src/limits.rs"]
pub mod limits;

#[path = "."]
pub mod engine {
    #[path = "../../../src/engine/codec.rs"]
    pub mod codec;
    #[path = "../../../src/engine/message.rs"]
    pub mod message;
}

#[path = "."]
pub mod sandbox {
    #[path = "../../../src/sandbox/addresses.rs"]
    pub mod addresses;
    #[path = "../../../src/sandbox/withheld.rs"]
    pub mod withheld;
}

#[path = "."]
pub mod web {
    #[path = "../../../src/web/cookies.rs"]
    pub mod cookies;
}

#[path = "."]
pub mod gateway {
    #[path = "../../../src/web/gateway/cookies.rs"]
    mod cookies;
    #[path = "../../../src/web/gateway/headers.rs"]
    mod headers;

    /// A request's headers as a learner's server sees them.
    pub fn to_run(headers: &http::HeaderMap) -> crate::engine::message::HeaderList {
        headers::to_run(headers, None, false)
    }

    /// A response's headers as the browser gets them.
    pub fn to_client(list: &crate::engine::message::HeaderList) -> http::HeaderMap {
        headers::to_client(list, |_, _| {})
    }

    /// The same from a sandbox with a port.
    pub fn marked(list: &crate::engine::message::HeaderList) -> http::HeaderMap {
        let tenant = crate::sandbox::addresses::Tenant {
            id: "abcdefghijklmnopqrstuvwx27".to_owned(),
            client: Some("alice"),
        };
        let mut headers = to_client(list);
        cookies::CookiePrefix::of(&tenant).mark_all(&mut headers);
        headers
    }
}

#[path = "../../../src/web/host.rs"]
pub mod host;
// Modules with modules of their own lie in a folder, where the compiler looks for those.
#[path = "../../../src"]
mod whole {
    pub mod project;
    pub mod transpile;
}
pub use whole::{project, transpile};
