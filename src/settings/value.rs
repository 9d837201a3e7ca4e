//! The values of settings: from what was written to what it means, or what to write instead.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::time::Duration;

use url::{Host, Url};

use super::given::Wrong;
use super::layer::{Layer, Without};
use crate::limits::{LimitName, LimitUnit};

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

/// `sandboxes.example.net`: a name alone, in lower case and as DNS has it.
pub(super) fn domain(text: &str) -> Result<String, Wrong> {
    let wrong = |problem| Wrong {
        problem,
        mend: "write a name alone, such as sandboxes.example.net",
    };
    if text.contains("://") || text.contains(['/', ':', '?', '#', '@', '*']) {
        return Err(wrong(
            "has more than a name; its scheme and port are the site's",
        ));
    }
    match Host::parse(text) {
        Ok(Host::Domain(name)) if !name.ends_with('.') && !name.is_empty() => Ok(name),
        Ok(Host::Domain(_)) => Err(wrong("has a name that ends with a dot")),
        Ok(_) => Err(wrong("is an address, which has no names below it")),
        Err(_) => Err(wrong("is not a name")),
    }
}

/// Ports from the first to the last: `4000-4999`. A check needs five at once.
pub(super) fn ports(text: &str) -> Result<RangeInclusive<u16>, Wrong> {
    let ends = text.split_once('-').and_then(|(first, last)| {
        let [first, last] = [first, last].map(|end| end.trim().parse::<u16>().ok());
        Some((first?, last?))
    });
    let (first, last) = ends.ok_or(Wrong {
        problem: "are no ports",
        mend: "write the first and the last, such as 4000-4999",
    })?;
    if first < 1024 || last < first || last - first < 9 {
        return Err(Wrong {
            problem: "are too few ports, or some below 1024",
            mend: "write at least ten, such as 4000-4999",
        });
    }
    Ok(first..=last)
}

/// `mailto:abuse@example.org`, `https://example.org/report`.
pub(super) fn contact(text: &str) -> Result<Url, Wrong> {
    let is_contact = |url: &Url| match url.scheme() {
        "mailto" => url.path().contains('@'),
        "http" | "https" => url.has_host(),
        _ => false,
    };
    Url::parse(text).ok().filter(is_contact).ok_or(Wrong {
        problem: "is nobody to report to",
        mend: "write mailto:abuse@example.org or https://example.org/report",
    })
}

/// IP addresses, with commas between them.
pub(super) fn proxies(text: &str) -> Result<Vec<IpAddr>, Wrong> {
    let addresses = text.split(',').map(|address| address.trim().parse());
    addresses.collect::<Result<_, _>>().map_err(|_| Wrong {
        problem: "is not the address of a proxy",
        mend: "write IP addresses without a port, such as 127.0.0.1, with commas between them",
    })
}

/// How many there may be of something.
pub(super) fn count(text: &str) -> Result<usize, Wrong> {
    let number = text
        .parse()
        .ok()
        .filter(|count| (1..=1_000_000).contains(count));
    number.ok_or(Wrong {
        problem: "is not a number",
        mend: "write a number between 1 and 1000000",
    })
}

/// A time of at least a second.
pub(super) fn seconds(text: &str) -> Result<Duration, Wrong> {
    let number = text
        .parse()
        .ok()
        .filter(|it| (1..=100_000_000).contains(it));
    number.map(Duration::from_secs).ok_or(Wrong {
        problem: "is not a number of seconds",
        mend: "write a number between 1 and 100000000, without a unit",
    })
}

/// A time of at least a day, in days.
pub(super) fn days(text: &str) -> Result<u32, Wrong> {
    let number = text.parse().ok().filter(|it| (1..=36_500).contains(it));
    number.ok_or(Wrong {
        problem: "is not a number of days",
        mend: "write a number between 1 and 36500, without a unit",
    })
}

/// Whether something is done.
pub(super) fn switch(text: &str) -> Result<bool, Wrong> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Wrong {
            problem: "is neither on nor off",
            mend: "write on or off",
        }),
    }
}

/// Layers of the jail, with commas between them; no text is none.
pub(super) fn layers(text: &str) -> Result<Without, Wrong> {
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let layers = names.map(Layer::named).collect::<Option<Without>>();
    layers.ok_or(Wrong {
        problem: "names a layer of the jail that there is not",
        mend: "write names that hxlab doctor lists, such as landlock, with commas between them",
    })
}

/// A size of the budget of memory, in bytes: `256MiB`.
pub(super) fn budget(text: &str) -> Result<usize, Wrong> {
    let size = scaled(text, size_unit);
    let size = size.and_then(|size| usize::try_from(size).ok());
    size.filter(|size| (32 * MIB..=1024 * 1024 * MIB).contains(size))
        .ok_or(Wrong {
            problem: "is not a size for the budget",
            mend: "write a size from 32MiB to 1024GiB, such as 256MiB",
        })
}

/// How much may be sent or kept in a day, in bytes: `64GiB`.
pub(super) fn daily(text: &str) -> Result<u64, Wrong> {
    let size = scaled(text, size_unit);
    size.filter(|size| (1024 * 1024..=1 << 60).contains(size))
        .ok_or(Wrong {
            problem: "is not a size for a day",
            mend: "write a size of 1MiB or more, such as 64GiB",
        })
}

const MIB: usize = 1024 * 1024;

/// How many bytes a unit of size is.
fn size_unit(unit: &str) -> Option<u64> {
    match unit {
        "" => Some(1),
        "KiB" => Some(1024),
        "MiB" => Some(1024 * 1024),
        "GiB" => Some(1024 * 1024 * 1024),
        _ => None,
    }
}

/// A whole number, times what its unit says.
fn scaled(text: &str, unit: impl Fn(&str) -> Option<u64>) -> Option<u64> {
    let at = text.find(|c: char| !c.is_ascii_digit());
    let (number, name) = text.split_at(at.unwrap_or(text.len()));
    number.parse::<u64>().ok()?.checked_mul(unit(name.trim())?)
}

/// A limit's value in milliseconds, bytes or pieces, within its bounds: `500ms`, `2s`, `64MiB`, `100`.
pub(super) fn limit(name: LimitName, text: &str) -> Result<u64, Wrong> {
    let value = scaled(text, |unit| match (name.unit(), unit) {
        (LimitUnit::Time, "ms") | (LimitUnit::Count, "") => Some(1),
        (LimitUnit::Time, "s") => Some(1000),
        (LimitUnit::Size, unit) => size_unit(unit),
        _ => None,
    });
    let (least, most) = name.bounds();
    value
        .filter(|value| (least..=most).contains(value))
        .ok_or_else(|| wrong_limit(name))
}

fn wrong_limit(name: LimitName) -> Wrong {
    let problem = match name.unit() {
        LimitUnit::Time => "is not a time for this limit",
        LimitUnit::Size => "is not a size for this limit",
        LimitUnit::Count => "is not a number for this limit",
    };
    let mend = match name {
        LimitName::Turn | LimitName::Start => "write a time from 50ms to 60s, such as 500ms or 2s",
        LimitName::Memory => "write a size from 2MiB to 1GiB, such as 64MiB",
        LimitName::Bytes => "write a size from 64KiB to 1GiB, such as 16MiB",
        LimitName::Body => "write a size from 64KiB to 256MiB, such as 16MiB",
        LimitName::Queued => "write a size from 512KiB to 1GiB, such as 64MiB",
        LimitName::Lines => "write a number of lines a second from 10 to 100000",
        LimitName::Messages => "write a number of messages a second from 100 to 10000000",
        _ => "write a number from 1 to 1000000",
    };
    Wrong { problem, mend }
}
