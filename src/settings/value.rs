//! The values of settings: from what was written to what it means, or what to write instead.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use url::Url;

use super::given::Wrong;

/// `127.0.0.1:3000`, `[::1]:3000`, `localhost:3000`.
pub(super) fn address(text: &str) -> Result<SocketAddr, Wrong> {
    let by_name = text.strip_prefix("localhost:").map(str::parse);
    if let Some(Ok(port)) = by_name {
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    text.parse().map_err(|_| Wrong {
        problem: "is not an address to listen on",
        mend: "write an IP address and a port, such as 127.0.0.1:3000 or 0.0.0.0:80",
    })
}

/// `https://learn.example.org`: a scheme, a host and perhaps a port, nothing else.
pub(super) fn site_url(text: &str) -> Result<Url, Wrong> {
    let wrong = |problem| Wrong {
        problem,
        mend: "write the address that people type, such as https://learn.example.org",
    };
    let url = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(wrong("is not an http or https address"));
    }
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("has more than a name and a port"));
    }
    if url.host_str().is_some_and(|host| host.ends_with('.')) {
        return Err(wrong("has a name that ends with a dot"));
    }
    Ok(url)
}

/// A number of connections.
pub(super) fn count(text: &str) -> Result<usize, Wrong> {
    let number = text
        .parse()
        .ok()
        .filter(|count| (1..=1_000_000).contains(count));
    number.ok_or(Wrong {
        problem: "is not a number of connections",
        mend: "write a number between 1 and 1000000",
    })
}

/// A time of at least a second.
pub(super) fn seconds(text: &str) -> Result<Duration, Wrong> {
    let number = text.parse().ok().filter(|it| (1..=31_536_000).contains(it));
    number.map(Duration::from_secs).ok_or(Wrong {
        problem: "is not a number of seconds",
        mend: "write a number between 1 and 31536000, without a unit",
    })
}
