//! The settings that hold, as the log tells them: a name and a value each, as the flags are written. A URL is told without
//! what may be a secret in it: a password, and what follows its path.

use std::time::Duration;

use url::Url;

use super::{Settings, layer};
use crate::limits::{LimitName, LimitUnit, Limits};

impl Settings {
    /// Those that are on, in the order of the list of flags; a site that listens at `port`.
    pub(crate) fn told(&self, port: u16) -> Vec<(&'static str, String)> {
        let number = |number: usize| Some(number.to_string());
        let all = [
            ("listen", Some(self.listen.to_string())),
            ("site-url", Some(address(&self.site_url(port)))),
            ("sandbox-domain", self.sandbox_domain.clone()),
            (
                "preview-ports",
                self.preview_ports
                    .as_ref()
                    .map(|it| format!("{}-{}", it.start(), it.end())),
            ),
            ("hsts", self.hsts.map(seconds)),
            (
                "forget-after",
                self.forget_after.map(|days| days.to_string()),
            ),
            ("report-to", self.report_to.as_ref().map(address)),
            ("data", Some(self.data.display().to_string())),
            (
                "lessons",
                self.lessons.as_ref().map(|it| it.display().to_string()),
            ),
            ("connections", number(self.connections)),
            (
                "connections-per-address",
                number(self.connections_per_address),
            ),
            ("trusted-proxy", listed(&self.trusted_proxies)),
            ("metrics", self.metrics.map(|it| it.to_string())),
            ("budget", Some(size(self.budget as u64))),
            ("runs", number(self.runs.all)),
            ("runs-per-learner", number(self.runs.each)),
            ("runs-per-address", number(self.runs.at_address)),
            ("bytes-per-address", Some(size(self.bytes_per_address))),
            ("kept-per-learner", Some(size(self.quota.each))),
            ("kept-per-address", Some(size(self.quota.at_address))),
            ("sleep-after", Some(seconds(self.limits.idle))),
            (
                "unsafe-without",
                Some(layer::list(&self.unsafe_without)).filter(|it| !it.is_empty()),
            ),
            (
                "rehearsal",
                Some(if self.rehearsal { "on" } else { "off" }.to_owned()),
            ),
            ("limit", Some(limits(&self.limits))),
        ];
        let on = all.into_iter();
        on.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}

fn address(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // A URL that can have none has none.
    let _ = url.set_password(None);
    url.into()
}

fn listed<T: ToString>(all: &[T]) -> Option<String> {
    let all: Vec<_> = all.iter().map(T::to_string).collect();
    Some(all.join(",")).filter(|it| !it.is_empty())
}

fn limits(limits: &Limits) -> String {
    let all = LimitName::ALL.map(|name| {
        let value = value(limits, name);
        let value = match name.unit() {
            LimitUnit::Time => format!("{value}ms"),
            LimitUnit::Size => size(value),
            LimitUnit::Count => value.to_string(),
        };
        format!("{}={value}", name.as_str())
    });
    all.join(",")
}

fn value(limits: &Limits, name: LimitName) -> u64 {
    let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    match name {
        LimitName::Turn => milliseconds(limits.turn),
        LimitName::Start => milliseconds(limits.start),
        LimitName::Memory => limits.memory as u64,
        LimitName::Lines => limits.lines.into(),
        LimitName::Messages => limits.messages.into(),
        LimitName::Bytes => limits.bytes.into(),
        LimitName::Timers => limits.timers as u64,
        LimitName::Topics => limits.topics as u64,
        LimitName::Sockets => limits.sockets as u64,
        LimitName::Streams => limits.streams as u64,
        LimitName::Requests => limits.requests as u64,
        LimitName::Body => limits.body as u64,
        LimitName::Queued => limits.queued as u64,
    }
}

fn seconds(time: Duration) -> String {
    time.as_secs().to_string()
}

/// In the largest unit of which it is a whole number.
fn size(bytes: u64) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let whole = |(_, bits): &(&str, u32)| bytes > 0 && bytes.is_multiple_of(1 << bits);
    match units.into_iter().find(whole) {
        Some((unit, bits)) => format!("{}{unit}", bytes >> bits),
        None => bytes.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::given::NAMES;
    use super::super::{Flags, ListenFlags};
    use super::*;

    #[test]
    fn each_setting_is_told_as_its_flag_is_written_and_reads_the_same_again() {
        let flags = Flags {
            site_url: Some("https://learn.example.org".into()),
            sandbox_domain: Some("example.net".into()),
            hsts: Some("86400".into()),
            forget_after: Some("400".into()),
            report_to: Some("https://ada:secret@example.org/report?key=secret#secret".into()),
            data: Some("/srv/my data".into()),
            lessons: Some("/srv/lessons".into()),
            listening: ListenFlags {
                trusted_proxy: vec!["127.0.0.1".into(), "::1".into()],
                metrics: Some("127.0.0.1:9100".into()),
                unsafe_without: vec!["landlock".into()],
                limit: vec!["turn=500ms".into(), "body=1000000".into()],
                ..ListenFlags::default()
            },
            ..Flags::default()
        };
        let settings = Settings::resolve(&flags, &[], std::path::Path::new("/nowhere"));
        let told = settings.expect("good settings").told(3000);
        let names: Vec<_> = told.iter().map(|(name, _)| *name).collect();
        let known = NAMES.into_iter().filter(|it| *it != "preview-ports");
        assert_eq!(names, known.chain(["limit"]).collect::<Vec<_>>());
        let of = |wanted| {
            &*told
                .iter()
                .find(|(name, _)| *name == wanted)
                .expect("told")
                .1
        };
        assert_eq!(of("trusted-proxy"), "127.0.0.1,::1");
        assert_eq!(of("budget"), "256MiB");
        assert_eq!(of("report-to"), "https://ada@example.org/report");
        assert!(of("limit").starts_with("turn=500ms,start=2000ms,memory=32MiB,"));
        assert!(of("limit").contains(",body=1000000,"));
    }
}
