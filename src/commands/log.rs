//! What is logged: `HXLAB_LOG`, and what stands in the log at the start.

use std::env;

use tracing_subscriber::EnvFilter;

use super::stop::Stop;
use crate::settings::Settings;

const VARIABLE: &str = "HXLAB_LOG";
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// What the environment asks for; `info` where it says nothing.
pub(super) fn filter() -> Result<EnvFilter, Stop> {
    match env::var_os(VARIABLE) {
        None => Ok(EnvFilter::new("info")),
        Some(text) => read(&text.to_string_lossy()),
    }
}

/// A level, or `hxlab::web=debug` and the like with commas between them. A word that is no level would be taken for the
/// name of a module by the parser, and nothing else would be logged.
fn read(text: &str) -> Result<EnvFilter, Stop> {
    let directives = || text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let wrong = directives().find(|it| {
        let level = it.rsplit_once('=').map_or(*it, |(_, level)| level);
        !LEVELS.contains(&level.to_ascii_lowercase().as_str())
    });
    if let Some(wrong) = wrong {
        return Err(Stop::new(format!(
            "{VARIABLE}: “{wrong}” is no level; write error, warn, info, debug or trace, or MODULE=LEVEL such as \
             hxlab::web=debug"
        )));
    }
    if directives().next().is_none() {
        return Ok(EnvFilter::new("info"));
    }
    EnvFilter::try_new(text)
        .map_err(|error| Stop::new(format!("{VARIABLE}: “{text}” cannot be read: {error}")))
}

/// Says which program starts, and by which settings, where it listens at `port`.
pub(super) fn tell_settings(settings: &Settings, port: u16) {
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!(version, process = std::process::id(), "hxlab starts");
    let told = settings.told(port).into_iter().map(|(name, value)| {
        let is_plain = !value.contains(|it: char| it.is_whitespace() || it == '"');
        if is_plain {
            format!("{name}={value}")
        } else {
            format!("{name}={value:?}")
        }
    });
    tracing::info!("settings: {}", told.collect::<Vec<_>>().join(" "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_taken_and_another_word_is_said() {
        for right in [
            "",
            "debug",
            "WARN",
            "info,hxlab::web=debug",
            "hyper=off, info",
        ] {
            assert!(read(right).is_ok(), "{right}");
        }
        for wrong in ["lots", "info,hxlab", "hxlab=loud"] {
            let why = read(wrong).expect_err(wrong).to_string();
            assert!(why.contains("is no level; write error"), "{why}");
        }
    }
}
