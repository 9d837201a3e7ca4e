//! The TOML file: its keys are the flags' names; each value keeps its line for the faults.

use std::fs;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::WrongSetting;
use super::given::{Given, Givens, Source, known, known_limit};

/// The table of limits, whose keys are their names.
const LIMITS: &str = "limits";

/// Reads a file into the settings that it gives.
pub(super) fn read(path: &Path) -> Result<Givens, WrongSetting> {
    let text = fs::read_to_string(path).map_err(|error| WrongSetting::Unreadable {
        path: path.display().to_string(),
        reason: error.to_string(),
    })?;
    let place = |at: usize| format!("{}:{}", path.display(), line(&text, at));
    let table = DeTable::parse(&text).map_err(|error| WrongSetting::Syntax {
        place: place(error.span().map_or(0, |span| span.start)),
        reason: error.message().replace('\n', ", "),
    })?;
    let given = |name: &str, value: &Spanned<DeValue<'_>>| {
        let source = Source::Line {
            path: path.to_owned(),
            line: line(&text, value.span().start),
        };
        let text = match value.get_ref() {
            DeValue::String(text) => text.clone().into_owned(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            other => {
                return Err(WrongSetting::Value {
                    place: source.to_string(),
                    text: format!("{name} = {}", other.type_str()),
                    problem: "is not a text or a number",
                    mend: "write one value between quotation marks",
                });
            }
        };
        Ok(Given { text, source })
    };
    let mut givens = Givens::default();
    for (key, value) in table.get_ref() {
        if let (LIMITS, DeValue::Table(limits)) = (key.get_ref().as_ref(), value.get_ref()) {
            for (key, value) in limits {
                let name = known_limit(key.get_ref(), &place(key.span().start))?;
                givens.limits.insert(name, given(key.get_ref(), value)?);
            }
            continue;
        }
        let name = known(key.get_ref(), &place(key.span().start))?;
        givens.by_name.insert(name, given(name, value)?);
    }
    Ok(givens)
}

/// The line, from 1, of a byte.
fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
