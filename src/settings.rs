//! The settings of the program: from flags, then the environment, then a TOML file, then defaults.
//!
//! Entry point: [`Settings::read`]. Stages: find where each setting was given ([`given`]) → read its
//! value ([`value`]) → check what depends on two of them. The first fault stops the start; it is one
//! sentence that names where the setting stands and what to write instead.

mod domain;
mod file;
mod given;
pub(crate) mod layer;
mod near;
mod told;
mod value;

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

use crate::budget::QuotaLimits;
use crate::limits::{LimitName, Limits, RunLimits};
use given::Givens;
use layer::Without;
pub(crate) use near::nearest;

/// What the command line says about the settings, as it was written.
#[derive(clap::Args, Clone, Debug, Default)]
#[expect(
    clippy::doc_markdown,
    reason = "the terminal shows these lines as they stand"
)]
pub(crate) struct Flags {
    /// Those of every command that listens.
    #[command(flatten)]
    pub(crate) listening: ListenFlags,
    /// The address that people type, without a path; each sandbox lives at a name below it
    /// [env: HXLAB_SITE_URL] [default: http://hxlab.localhost:PORT]
    #[arg(long, value_name = "URL")]
    pub(crate) site_url: Option<String>,
    /// Another domain, below which each sandbox gets its name instead, so that their pages cannot touch the
    /// site's cookies; it needs https [env: HXLAB_SANDBOX_DOMAIN] [default: the site's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) sandbox_domain: Option<String>,
    /// Give each sandbox a port of the site's address instead of a name below it, where only an IP address
    /// is to be had [env: HXLAB_PREVIEW_PORTS]
    #[arg(long, value_name = "FIRST-LAST")]
    pub(crate) preview_ports: Option<String>,
    /// Tell browsers to use nothing but https for the site and all names below it for so long, where the
    /// site's address has https [env: HXLAB_HSTS] [default: not told]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) hsts: Option<String>,
    /// Delete all of a learner who has done nothing for so many days [env: HXLAB_FORGET_AFTER] [default: never]
    #[arg(long, value_name = "DAYS")]
    pub(crate) forget_after: Option<String>,
    /// Show those who open a sandbox from outside the lesson whom to report it to: an address with mailto: or
    /// https: [env: HXLAB_REPORT_TO] [default: not shown]
    #[arg(long, value_name = "URL")]
    pub(crate) report_to: Option<String>,
    /// The folder that keeps what learners do; created if needed [env: HXLAB_DATA]
    /// [default: hxlab in your data folder, such as ~/.local/share/hxlab]
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<String>,
    /// A folder of lessons instead of the course in the program [env: HXLAB_LESSONS]
    #[arg(long, value_name = "DIR")]
    pub(crate) lessons: Option<String>,
    /// A learner's server that nobody has used for so long is put to sleep; the next request wakes it
    /// [env: HXLAB_SLEEP_AFTER] [default: 900]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) sleep_after: Option<String>,
}

/// The flags of every command that listens.
#[derive(clap::Args, Clone, Debug, Default)]
#[expect(
    clippy::doc_markdown,
    reason = "the terminal shows these lines as they stand"
)]
pub(crate) struct ListenFlags {
    /// Where to listen; port 0 takes any free port [env: HXLAB_LISTEN] [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
    /// The most connections open at once [env: HXLAB_CONNECTIONS] [default: 4096]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) connections: Option<String>,
    /// The most connections from one address other than this machine
    /// [env: HXLAB_CONNECTIONS_PER_ADDRESS] [default: 512]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) connections_per_address: Option<String>,
    /// A proxy by its address, which says in X-Forwarded-For or Forwarded whom a request is from; nobody else
    /// is believed. May be given again [env: HXLAB_TRUSTED_PROXY, with commas between them]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) trusted_proxy: Vec<String>,
    /// Where monitoring reads figures, in the text format of Prometheus; only serve has some
    /// [env: HXLAB_METRICS] [default: nowhere]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) metrics: Option<String>,
    /// The memory for what clients send and have sent to them: bodies, feeds, downloads
    /// [env: HXLAB_BUDGET] [default: 256MiB]
    #[arg(long, value_name = "SIZE")]
    pub(crate) budget: Option<String>,
    /// The most servers of learners that run at once, each of which takes two of the program's descriptors
    /// [env: HXLAB_RUNS] [default: 400]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) runs: Option<String>,
    /// The most of one learner, in all lessons [env: HXLAB_RUNS_PER_LEARNER] [default: 8]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) runs_per_learner: Option<String>,
    /// The most of all learners at one address other than this machine; a class can share one
    /// [env: HXLAB_RUNS_PER_ADDRESS] [default: 200]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) runs_per_address: Option<String>,
    /// How much one address other than this machine may send and have sent to it in a day
    /// [env: HXLAB_BYTES_PER_ADDRESS] [default: 64GiB]
    #[arg(long, value_name = "SIZE")]
    pub(crate) bytes_per_address: Option<String>,
    /// How much of one learner's may be kept in a day [env: HXLAB_KEPT_PER_LEARNER] [default: 256MiB]
    #[arg(long, value_name = "SIZE")]
    pub(crate) kept_per_learner: Option<String>,
    /// The same of all learners at one address other than this machine; a school can share one
    /// [env: HXLAB_KEPT_PER_ADDRESS] [default: 8GiB]
    #[arg(long, value_name = "SIZE")]
    pub(crate) kept_per_address: Option<String>,
    /// What each learner's server may use, such as memory=64MiB or turn=500ms; may be given again. The
    /// names: turn, start, memory, lines, messages, bytes, timers, topics, sockets, streams, requests,
    /// body, queued
    /// [env: HXLAB_LIMITS, with commas between them]
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,
    /// Run learners' servers without this layer of their jail, where the machine does not have it and
    /// every learner is trusted; hxlab doctor names the layers. May be given again
    /// [env: HXLAB_UNSAFE_WITHOUT]
    #[arg(long, value_name = "LAYER")]
    pub(crate) unsafe_without: Vec<String>,
    /// Have a server rehearse at the start, so that learners' servers share more of their memory; off
    /// leaves it out, should it make trouble [env: HXLAB_REHEARSAL] [default: on]
    #[arg(long, value_name = "on|off")]
    pub(crate) rehearsal: Option<String>,
    /// The TOML file with settings, named like the flags [env: HXLAB_CONFIG]
    /// [default: hxlab.toml here, if there is one]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
}

impl From<ListenFlags> for Flags {
    fn from(listening: ListenFlags) -> Self {
        Self {
            listening,
            ..Self::default()
        }
    }
}

/// The settings that hold, all checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Where to listen. Port 0 means any free one.
    pub(crate) listen: SocketAddr,
    /// The site's address, if it was given; see [`Settings::site_url`].
    given_site_url: Option<Url>,
    /// The domain of sandboxes, where it is not the site's: a name in lower case, of another site to browsers.
    pub(crate) sandbox_domain: Option<String>,
    /// The ports of sandboxes, where they have no names.
    pub(crate) preview_ports: Option<RangeInclusive<u16>>,
    /// For how long browsers are told to use https alone; only where the site has it.
    pub(crate) hsts: Option<Duration>,
    /// After how many days without a deed all of a learner is deleted.
    pub(crate) forget_after: Option<u32>,
    /// Where sandboxes are reported.
    pub(crate) report_to: Option<Url>,
    /// The folder of the database.
    pub(crate) data: PathBuf,
    /// A folder of lessons to use instead of the packed ones.
    pub(crate) lessons: Option<PathBuf>,
    /// The most connections open at once, at least 1.
    pub(crate) connections: usize,
    /// The most connections from one address other than this machine, at least 1.
    pub(crate) connections_per_address: usize,
    /// The proxies whose word about clients' addresses is taken.
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// Where figures are told.
    pub(crate) metrics: Option<SocketAddr>,
    /// The memory for what clients send and have sent to them, in bytes.
    pub(crate) budget: usize,
    /// The most bytes to and from one address in a day.
    pub(crate) bytes_per_address: u64,
    /// How much may be kept in a day.
    pub(crate) quota: QuotaLimits,
    /// How many Runs there may be.
    pub(crate) runs: RunLimits,
    /// What each Run may use, and after how long without clients it is put to sleep.
    pub(crate) limits: Limits,
    /// The layers of the jail that learners' servers run without.
    pub(crate) unsafe_without: Without,
    /// Whether a server rehearses at the start, so that Runs share more of their memory.
    pub(crate) rehearsal: bool,
}

impl Settings {
    /// Reads the settings of this process: `flags`, its environment, and the TOML file that they
    /// name or `hxlab.toml` in the working folder.
    pub(crate) fn read(flags: &Flags) -> Result<Self, WrongSetting> {
        let variables = std::env::vars_os()
            .filter_map(|(name, text)| Some((name.into_string().ok()?, text)))
            .filter(|(name, _)| name.starts_with("HXLAB_"))
            .map(|(name, text)| match text.into_string() {
                Ok(text) => Ok((name, text)),
                Err(_) => Err(WrongSetting::Encoding(name)),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Self::resolve(flags, &variables, Path::new(""))
    }

    /// As [`Settings::read`], from these variables and this working folder.
    pub(crate) fn resolve(
        flags: &Flags,
        variables: &[(String, String)],
        folder: &Path,
    ) -> Result<Self, WrongSetting> {
        let givens = Givens::collect(flags, variables, folder)?;
        let settings = Self {
            listen: givens.read("listen", value::address)?.unwrap_or(LISTEN),
            given_site_url: givens.read("site-url", value::site_url)?,
            sandbox_domain: givens.read("sandbox-domain", value::domain)?,
            preview_ports: givens.read("preview-ports", value::ports)?,
            hsts: givens.read("hsts", value::seconds)?,
            forget_after: givens.read("forget-after", value::days)?,
            report_to: givens.read("report-to", value::contact)?,
            data: match givens.path("data")? {
                Some(data) => data,
                None => dirs::data_dir()
                    .ok_or(WrongSetting::NoDataFolder)?
                    .join("hxlab"),
            },
            lessons: givens.path("lessons")?,
            connections: givens.read("connections", value::count)?.unwrap_or(4096),
            connections_per_address: givens
                .read("connections-per-address", value::count)?
                .unwrap_or(512),
            trusted_proxies: givens
                .read("trusted-proxy", value::proxies)?
                .unwrap_or_default(),
            metrics: givens.read("metrics", value::address)?,
            budget: givens.read("budget", value::budget)?.unwrap_or(256 << 20),
            bytes_per_address: givens
                .read("bytes-per-address", value::daily)?
                .unwrap_or(64 << 30),
            quota: quota(&givens)?,
            runs: runs(&givens)?,
            limits: limits(&givens)?,
            unsafe_without: givens
                .read("unsafe-without", value::layers)?
                .unwrap_or_default(),
            rehearsal: givens.read("rehearsal", value::switch)?.unwrap_or(true),
        };
        settings.check_sandbox_domain(&givens)?;
        settings.check_sandboxes_have_addresses(&givens)?;
        settings.check_hsts(&givens)?;
        Ok(settings)
    }

    /// The site's address when it listens on `port`, which is its own where 0 was written: without path, query and
    /// credentials.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "a fixed name, or an address, and a number make a URL"
    )]
    pub(crate) fn site_url(&self, port: u16) -> Url {
        let given = self.given_site_url.clone().map(|mut url| {
            if url.port() == Some(0) {
                // Only a URL without a host refuses a port.
                let _ = url.set_port(Some(port));
            }
            url
        });
        given.unwrap_or_else(|| {
            let text = match self.preview_ports {
                Some(_) => format!("http://{}/", SocketAddr::new(self.listen.ip(), port)),
                None => format!("http://hxlab.localhost:{port}/"),
            };
            Url::parse(&text).expect("the site's default address is a URL")
        })
    }

    /// Browsers believe it on https alone.
    fn check_hsts(&self, givens: &Givens) -> Result<(), WrongSetting> {
        let site = self.given_site_url.as_ref();
        let is_https = site.is_some_and(|url| url.scheme() == "https");
        match self.hsts {
            Some(long) if !is_https => Err(WrongSetting::Value {
                place: givens.place("hsts"),
                text: long.as_secs().to_string(),
                problem: "is for a site on https",
                mend: "write the site's address with https as well, or leave it out",
            }),
            _ => Ok(()),
        }
    }

    /// A sandbox needs an origin of its own: a name below the site's.
    fn check_sandboxes_have_addresses(&self, givens: &Givens) -> Result<(), WrongSetting> {
        if let Some(range) = &self.preview_ports {
            return self.check_ports(range, givens);
        }
        if self.sandbox_domain.is_some() {
            return Ok(());
        }
        let Some(url) = &self.given_site_url else {
            return Ok(());
        };
        let is_address = url
            .host()
            .is_some_and(|host| !matches!(host, url::Host::Domain(_)));
        if is_address {
            return Err(WrongSetting::Value {
                place: givens.place("site-url"),
                text: url.to_string(),
                problem: "has an address and no name, so sandboxes cannot have names below it",
                mend: "write a name that leads to this machine, as all names below it do, or give \
                       sandboxes ports with --preview-ports 4000-4999",
            });
        }
        Ok(())
    }

    /// Or a name below another domain: which must be of another site, or a page there can set the site's cookies;
    /// and have https, or browsers keep the cookies of a frame there out.
    fn check_sandbox_domain(&self, givens: &Givens) -> Result<(), WrongSetting> {
        let Some(domain) = &self.sandbox_domain else {
            return Ok(());
        };
        let site = self.site_url(self.listen.port());
        let wrong = match self.preview_ports {
            Some(_) => Some(domain::WITH_PORTS),
            None => domain::fault(&site, domain),
        };
        let Some(wrong) = wrong else {
            return Ok(());
        };
        Err(WrongSetting::Value {
            place: givens.place("sandbox-domain"),
            text: domain.clone(),
            problem: wrong.problem,
            mend: wrong.mend,
        })
    }

    /// Or a port of the site's address: which must be known, free for them, and without https.
    fn check_ports(
        &self,
        range: &RangeInclusive<u16>,
        givens: &Givens,
    ) -> Result<(), WrongSetting> {
        let site = self.given_site_url.as_ref();
        let wrong = |problem, mend| {
            Err(WrongSetting::Value {
                place: givens.place("preview-ports"),
                text: format!("{}-{}", range.start(), range.end()),
                problem,
                mend,
            })
        };
        if site.is_some_and(|url| url.scheme() == "https") {
            return wrong(
                "are ports without https, and the site's address has it",
                "leave them out and give the site a name with all names below it",
            );
        }
        if site.is_none() && self.listen.ip().is_unspecified() {
            return wrong(
                "need the address that people type",
                "write it as well, such as --site-url http://192.168.1.10:3000",
            );
        }
        let port = site.map_or(self.listen.port(), |url| url.port().unwrap_or(80));
        if range.contains(&port) || range.contains(&self.listen.port()) {
            return wrong(
                "have the site's own port among them",
                "leave it out, such as 4000-4999 beside port 3000",
            );
        }
        Ok(())
    }
}

fn quota(givens: &Givens) -> Result<QuotaLimits, WrongSetting> {
    let defaults = QuotaLimits::default();
    let each = givens.read("kept-per-learner", value::daily)?;
    let at_address = givens.read("kept-per-address", value::daily)?;
    Ok(QuotaLimits {
        each: each.unwrap_or(defaults.each),
        at_address: at_address.unwrap_or(defaults.at_address),
    })
}

fn runs(givens: &Givens) -> Result<RunLimits, WrongSetting> {
    let defaults = RunLimits::default();
    let all = givens.read("runs", value::count)?;
    let each = givens.read("runs-per-learner", value::count)?;
    let at_address = givens.read("runs-per-address", value::count)?;
    Ok(RunLimits {
        all: all.unwrap_or(defaults.all),
        each: each.unwrap_or(defaults.each),
        at_address: at_address.unwrap_or(defaults.at_address),
    })
}

/// The defaults, with what was given in their places.
fn limits(givens: &Givens) -> Result<Limits, WrongSetting> {
    let mut limits = Limits::default();
    if let Some(idle) = givens.read("sleep-after", value::seconds)? {
        limits.idle = idle;
    }
    for name in LimitName::ALL {
        if let Some(value) = givens.read_limit(name)? {
            limits.set(name, value);
        }
    }
    Ok(limits)
}

const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 3000);

/// Why the settings do not hold: one sentence that says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WrongSetting {
    /// A value that does not read, or does not go with another.
    #[error("{place}: “{text}” {problem}; {mend}")]
    Value {
        /// Where it stands: `--listen`, `HXLAB_LISTEN`, `hxlab.toml:3`.
        place: String,
        /// What was written.
        text: String,
        /// What is wrong with it.
        problem: &'static str,
        /// What to write instead.
        mend: &'static str,
    },
    /// A name that is no setting.
    #[error("{place}: there is no setting “{name}”; {mend}")]
    Unknown {
        /// Where it stands: `hxlab.toml:3`, or `the environment`.
        place: String,
        /// What was written.
        name: String,
        /// The nearest name, or all names.
        mend: String,
    },
    /// The TOML file cannot be read.
    #[error("cannot read the settings in {path}: {reason}; name another file with --config")]
    Unreadable {
        path: String,
        /// The system's words.
        reason: String,
    },
    /// The TOML file is not TOML.
    #[error("{place}: this is not TOML: {reason}; write lines such as listen = \"127.0.0.1:3000\"")]
    Syntax {
        /// File and line.
        place: String,
        /// The parser's words.
        reason: String,
    },
    /// A variable that is not UTF-8.
    #[error("{0}: its value is not UTF-8; write it in UTF-8, or use the flag or the TOML file")]
    Encoding(String),
    /// There is no home to put the data in.
    #[error("there is no home folder to keep the data in; name a folder with --data DIR")]
    NoDataFolder,
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
