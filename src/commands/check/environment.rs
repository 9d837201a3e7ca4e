//! Where challenges are played: in which browser, and how it comes to a sandbox.
//!
//! At `hxlab.localhost`, and names below it, browsers trust an address as they trust https, and say with each request
//! where it comes from (`Sec-Fetch-Site` and its like). On plain http at another name, as in a class's own network, they
//! say nothing of it. Firefox can be told of one such name, and not of all below it, so there it goes by ports.

use clap::ValueEnum;

use super::browser::BrowserKind;
use crate::settings::Flags;

/// A name that no DNS knows (RFC 6761); the browsers are told that it is this machine.
pub(super) const PLAIN_HOST: &str = "hxlab.test";

/// For the sandboxes and the clients of checks; those that are in use are passed over.
const PORTS: &str = "20000-20999";

/// A browser, and how it comes to sandboxes. What stands here is `--help`'s.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum Environment {
    /// Chromium, each sandbox at a name below hxlab.localhost
    Chromium,
    /// Chromium on plain http, each sandbox at a name
    ChromiumPlain,
    /// Chromium on plain http, each sandbox at a port
    ChromiumPorts,
    /// Firefox, each sandbox at a name below hxlab.localhost
    Firefox,
    /// Firefox on plain http, each sandbox at a port
    FirefoxPorts,
}

impl Environment {
    pub(super) fn browser(self) -> BrowserKind {
        match self {
            Self::Chromium | Self::ChromiumPlain | Self::ChromiumPorts => BrowserKind::Chromium,
            Self::Firefox | Self::FirefoxPorts => BrowserKind::Firefox,
        }
    }

    /// As in “in Firefox by ports”.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::ChromiumPlain => "Chromium on plain http",
            Self::ChromiumPorts => "Chromium by ports",
            Self::Firefox => "Firefox",
            Self::FirefoxPorts => "Firefox by ports",
        }
    }

    /// How the site is served.
    pub(super) fn flags(self) -> Flags {
        let mut flags = Flags::default();
        flags.listening.listen = Some("127.0.0.1:0".to_owned());
        if !matches!(self, Self::Chromium | Self::Firefox) {
            // The port is the one that it listens on.
            flags.site_url = Some(format!("http://{PLAIN_HOST}:0"));
        }
        if matches!(self, Self::ChromiumPorts | Self::FirefoxPorts) {
            flags.preview_ports = Some(PORTS.to_owned());
        }
        flags
    }

    /// All whose browser is installed; what is missing is said.
    pub(super) fn installed() -> Vec<Self> {
        let all = Self::value_variants().iter().copied();
        let (found, missing): (Vec<_>, Vec<_>) = all.partition(|it| it.browser().find().is_some());
        for environment in missing {
            let (name, why) = (environment.name(), environment.browser().missing());
            eprintln!("nothing is tried in {name}: {why}");
        }
        found
    }
}
