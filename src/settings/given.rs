//! Where each setting was given: the flag before the variable before the line in the TOML file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::file;
use super::near;
use super::value;
use super::{Flags, WrongSetting};
use crate::limits::LimitName;

/// The names of all settings, as flags and TOML keys write them.
pub(super) const NAMES: [&str; 23] = [
    "listen",
    "site-url",
    "sandbox-domain",
    "preview-ports",
    "hsts",
    "forget-after",
    "report-to",
    "data",
    "lessons",
    "connections",
    "connections-per-address",
    "trusted-proxy",
    "metrics",
    "budget",
    "runs",
    "runs-per-learner",
    "runs-per-address",
    "bytes-per-address",
    "kept-per-learner",
    "kept-per-address",
    "sleep-after",
    "unsafe-without",
    "rehearsal",
];

/// The variable of all limits.
const LIMITS_VARIABLE: &str = "HXLAB_LIMITS";

/// The file that is read when no other is named, if it is there.
const DEFAULT_FILE: &str = "hxlab.toml";

/// Where a setting stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// `--listen`
    Flag(&'static str),
    /// `HXLAB_LISTEN`
    Variable(&'static str),
    /// `hxlab.toml:3`
    Line { path: PathBuf, line: usize },
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "--{name}"),
            Self::Variable(name) => f.write_str(&variable_name(name)),
            Self::Line { path, line } => write!(f, "{}:{line}", path.display()),
        }
    }
}

/// One setting as it was written.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) source: Source,
}

/// All settings that were given, each from its first source.
#[derive(Default)]
pub(super) struct Givens {
    pub(super) by_name: BTreeMap<&'static str, Given>,
    pub(super) limits: BTreeMap<LimitName, Given>,
}

impl Givens {
    pub(super) fn collect(
        flags: &Flags,
        variables: &[(String, String)],
        folder: &Path,
    ) -> Result<Self, WrongSetting> {
        check_variable_names(variables)?;
        let variable = |wanted: &str| {
            let found = variables.iter().find(|(name, _)| name == wanted);
            found.map(|(_, text)| text.clone())
        };
        let config = flags
            .listening
            .config
            .clone()
            .or_else(|| variable("HXLAB_CONFIG"));
        let mut givens = match config {
            Some(path) => file::read(&folder.join(path))?,
            None if folder.join(DEFAULT_FILE).is_file() => file::read(&folder.join(DEFAULT_FILE))?,
            None => Self::default(),
        };
        for name in NAMES {
            let flag = flag(flags, name).map(|text| (text, Source::Flag(name)));
            let variable = || Some((variable(&variable_name(name))?, Source::Variable(name)));
            if let Some((text, source)) = flag.or_else(variable) {
                givens.by_name.insert(name, Given { text, source });
            }
        }
        let listed = variable(LIMITS_VARIABLE).unwrap_or_default();
        let listed = listed.split(',').map(str::trim).filter(|it| !it.is_empty());
        givens.take_limits(listed, &Source::Variable("limits"))?;
        let flags = flags.listening.limit.iter().map(String::as_str);
        givens.take_limits(flags, &Source::Flag("limit"))?;
        Ok(givens)
    }

    /// Takes `NAME=VALUE`s in; a later one counts.
    fn take_limits<'a>(
        &mut self,
        pairs: impl Iterator<Item = &'a str>,
        source: &Source,
    ) -> Result<(), WrongSetting> {
        for pair in pairs {
            let (name, text) = pair.split_once('=').ok_or_else(|| WrongSetting::Value {
                place: source.to_string(),
                text: pair.to_owned(),
                problem: "is not a limit and its value",
                mend: "write both with = between them, such as memory=64MiB",
            })?;
            let name = known_limit(name.trim(), &source.to_string())?;
            let (text, source) = (text.trim().to_owned(), source.clone());
            self.limits.insert(name, Given { text, source });
        }
        Ok(())
    }

    /// The value of a limit, in milliseconds, bytes or pieces.
    pub(super) fn read_limit(&self, name: LimitName) -> Result<Option<u64>, WrongSetting> {
        let Some(given) = self.limits.get(&name) else {
            return Ok(None);
        };
        match value::limit(name, &given.text) {
            Ok(value) => Ok(Some(value)),
            Err(wrong) => Err(given.refuse(wrong)),
        }
    }

    /// The value of a setting by its parser, which answers with a problem and its mend.
    pub(super) fn read<T>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Result<T, Wrong>,
    ) -> Result<Option<T>, WrongSetting> {
        let Some(given) = self.by_name.get(name) else {
            return Ok(None);
        };
        match parse(&given.text) {
            Ok(value) => Ok(Some(value)),
            Err(wrong) => Err(given.refuse(wrong)),
        }
    }

    /// A folder. One in the TOML file is meant from where that file lies.
    pub(super) fn path(&self, name: &'static str) -> Result<Option<PathBuf>, WrongSetting> {
        let Some(given) = self.by_name.get(name) else {
            return Ok(None);
        };
        if given.text.is_empty() {
            return Err(given.refuse(Wrong {
                problem: "is no folder",
                mend: "write the path of a folder",
            }));
        }
        let base = match &given.source {
            Source::Line { path, .. } => path.parent().unwrap_or(Path::new("")),
            Source::Flag(_) | Source::Variable(_) => Path::new(""),
        };
        Ok(Some(base.join(&given.text)))
    }

    /// Where a setting stands; its flag when it was not given.
    pub(super) fn place(&self, name: &'static str) -> String {
        let given = self.by_name.get(name);
        given.map_or_else(|| format!("--{name}"), |given| given.source.to_string())
    }
}

impl Given {
    fn refuse(&self, wrong: Wrong) -> WrongSetting {
        WrongSetting::Value {
            place: self.source.to_string(),
            text: self.text.clone(),
            problem: wrong.problem,
            mend: wrong.mend,
        }
    }
}

/// What is wrong with a value, and what to write instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrong {
    pub(super) problem: &'static str,
    pub(super) mend: &'static str,
}

/// The setting of this name, or the fault that names the nearest one.
pub(super) fn known(name: &str, place: &str) -> Result<&'static str, WrongSetting> {
    if let Some(known) = NAMES.into_iter().find(|known| *known == name) {
        return Ok(known);
    }
    let mend = match near::nearest(name, NAMES) {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("the settings are {}", NAMES.join(", ")),
    };
    Err(WrongSetting::Unknown {
        place: place.to_owned(),
        name: name.to_owned(),
        mend,
    })
}

/// The limit of this name, or the fault that names the nearest one.
pub(super) fn known_limit(name: &str, place: &str) -> Result<LimitName, WrongSetting> {
    let names = LimitName::ALL.map(LimitName::as_str);
    if let Some(at) = names.iter().position(|known| *known == name) {
        return Ok(LimitName::ALL[at]);
    }
    let mend = match near::nearest(name, names) {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("the limits are {}", names.join(", ")),
    };
    Err(WrongSetting::Unknown {
        place: place.to_owned(),
        name: name.to_owned(),
        mend,
    })
}

/// Refuses a variable that is nearly a setting's. Others that begin with `HXLAB_` may belong to
/// whatever starts the program.
fn check_variable_names(variables: &[(String, String)]) -> Result<(), WrongSetting> {
    let mut names: Vec<String> = NAMES.into_iter().map(variable_name).collect();
    names.extend(["HXLAB_CONFIG", "HXLAB_LOG", LIMITS_VARIABLE].map(str::to_owned));
    for (name, _) in variables {
        let near = near::nearest(name, names.iter().map(String::as_str));
        if let Some(near) = near.filter(|near| near != name) {
            return Err(WrongSetting::Unknown {
                place: "the environment".to_owned(),
                name: name.clone(),
                mend: format!("did you mean “{near}”?"),
            });
        }
    }
    Ok(())
}

fn variable_name(name: &str) -> String {
    format!("HXLAB_{}", name.to_uppercase().replace('-', "_"))
}

fn flag(flags: &Flags, name: &str) -> Option<String> {
    let listening = &flags.listening;
    if name == "unsafe-without" {
        let layers = &listening.unsafe_without;
        return (!layers.is_empty()).then(|| layers.join(","));
    }
    if name == "trusted-proxy" {
        let proxies = &listening.trusted_proxy;
        return (!proxies.is_empty()).then(|| proxies.join(","));
    }
    let text = match name {
        "listen" => &listening.listen,
        "site-url" => &flags.site_url,
        "sandbox-domain" => &flags.sandbox_domain,
        "preview-ports" => &flags.preview_ports,
        "hsts" => &flags.hsts,
        "forget-after" => &flags.forget_after,
        "report-to" => &flags.report_to,
        "data" => &flags.data,
        "lessons" => &flags.lessons,
        "connections" => &listening.connections,
        "connections-per-address" => &listening.connections_per_address,
        "runs" => &listening.runs,
        "runs-per-learner" => &listening.runs_per_learner,
        "runs-per-address" => &listening.runs_per_address,
        "bytes-per-address" => &listening.bytes_per_address,
        "kept-per-learner" => &listening.kept_per_learner,
        "kept-per-address" => &listening.kept_per_address,
        "metrics" => &listening.metrics,
        "budget" => &listening.budget,
        "sleep-after" => &flags.sleep_after,
        "rehearsal" => &listening.rehearsal,
        _ => &None,
    };
    text.clone()
}
