//! The fields of a TOML text, read one by one; every fault is kept, with its line. Where the text
//! is not TOML, only that is said: what was read of it cannot be trusted.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{FileFaults, Lines};

/// A TOML text being read.
pub(super) struct TomlFields<'t, 'f> {
    table: DeTable<'t>,
    whole: bool,
    lines: Lines,
    first: usize,
    known: Vec<&'static str>,
    faults: &'f mut FileFaults,
}

/// A value and the line on which it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placed<T> {
    /// From 1.
    pub(super) line: usize,
    pub(super) value: T,
}

impl<'t, 'f> TomlFields<'t, 'f> {
    /// Begins to read `source`, whose first line is line `first` of its file.
    pub(super) fn read(source: &'t str, first: usize, faults: &'f mut FileFaults) -> Self {
        let lines = Lines::of(source, first);
        let (table, errors) = DeTable::parse_recoverable(source);
        for error in &errors {
            let line = error.span().map_or(first, |span| lines.at(span.start));
            faults.add(
                line,
                format!("not TOML: {}", error.message()),
                "write `name = value`",
            );
        }
        let table = table.into_inner();
        Self {
            table,
            whole: errors.is_empty(),
            lines,
            first,
            known: Vec::new(),
            faults,
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Placed<DeValue<'t>>> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        let line = self.lines.at(value.span().start);
        Some(Placed {
            line,
            value: value.into_inner(),
        })
    }

    /// A text that must be there and say something.
    pub(super) fn text(&mut self, key: &'static str) -> String {
        let Some(Placed { line, value }) = self.take(key) else {
            let mend = format!("write `{key} = \"…\"`");
            return self.fault(self.first, format!("`{key}` is missing"), &mend);
        };
        match value {
            DeValue::String(text) if !text.trim().is_empty() => text.trim().to_owned(),
            DeValue::String(_) => self.fault(line, format!("`{key}` is empty"), "write a text"),
            _ => self.fault(line, format!("`{key}` is not a text"), "put it in quotes"),
        }
    }

    /// A number that `fits`, as `words` say; without the field, `otherwise`, and without that, a
    /// fault.
    pub(super) fn number(
        &mut self,
        key: &'static str,
        fits: impl Fn(u32) -> bool,
        words: &str,
        otherwise: Option<u32>,
    ) -> u32 {
        let mend = format!("write {words}");
        match (self.take(key), otherwise) {
            (None, Some(otherwise)) => otherwise,
            (None, None) => self.fault(self.first, format!("`{key}` is missing"), &mend),
            (Some(Placed { line, value }), _) => match whole(&value) {
                Some(number) if fits(number) => number,
                _ => self.fault(line, format!("`{key}` cannot be {}", shown(&value)), &mend),
            },
        }
    }

    /// A list of texts; without the field, none.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<Placed<String>>> {
        let Placed { line, value } = self.take(key)?;
        let mend = format!("write `{key} = [\"…\"]`");
        let DeValue::Array(array) = value else {
            return Some(self.fault(line, format!("`{key}` is not a list"), &mend));
        };
        let mut texts = Vec::new();
        for item in array {
            let line = self.lines.at(item.span().start);
            match item.into_inner() {
                DeValue::String(text) => {
                    texts.push(Placed {
                        line,
                        value: text.into_owned(),
                    });
                }
                _ => self.fault(
                    line,
                    format!("`{key}` holds something that is not a text"),
                    &mend,
                ),
            }
        }
        Some(texts)
    }

    fn fault<T: Default>(&mut self, line: usize, problem: String, mend: &str) -> T {
        if self.whole {
            self.faults.add(line, problem, mend);
        }
        T::default()
    }

    /// What is left is unknown.
    pub(super) fn finish(self) {
        if !self.whole {
            return;
        }
        let known = self
            .known
            .iter()
            .map(|key| format!("`{key}`"))
            .collect::<Vec<_>>()
            .join(", ");
        for (key, _) in self.table {
            let line = self.lines.at(Spanned::span(&key).start);
            let problem = format!("unknown key `{}`", key.get_ref());
            self.faults
                .add(line, problem, format!("remove it, or use one of {known}"));
        }
    }
}

fn whole(value: &DeValue) -> Option<u32> {
    match value {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn shown(value: &DeValue) -> String {
    match value {
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::String(text) => format!("the text “{text}”"),
        other => other.type_str().to_owned(),
    }
}
