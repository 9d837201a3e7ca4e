//! Turns what was thrown into a [`Thrown`] in the learner's terms: their own frames only, and a place
//! even for errors of `import`, which the engine reports without one.

mod hono;

use rquickjs::{Coerced, Ctx, Object, Value};

use super::host::Host;
use crate::engine::message::{StackFrame, Thrown};

/// The longest name or message that is kept, in bytes.
const WORDS: usize = 4096;

/// The most frames that are kept.
const FRAMES: usize = 32;

impl Host {
    /// Describes a thrown value.
    pub(super) fn fault<'js>(&self, ctx: &Ctx<'js>, thrown: &Value<'js>) -> Thrown {
        let mut fault = match thrown.as_object() {
            Some(error) if error.is_error() => self.error(ctx, error),
            _ => Thrown {
                name: "Thrown".into(),
                message: describe(ctx, thrown),
                frames: Vec::new(),
            },
        };
        if fault.frames.is_empty() {
            let missing = MissingExport::of(&fault.message);
            let place = |missing| self.export_place(missing);
            let import = self.import.take();
            fault
                .frames
                .extend(import.or_else(|| missing.as_ref().and_then(place)));
            if let Some(sentence) = missing.and_then(|it| self.type_sentence(&it)) {
                fault.message = sentence;
            }
        }
        fault
    }

    fn error(&self, ctx: &Ctx<'_>, error: &Object<'_>) -> Thrown {
        let name = property(ctx, error, "name");
        let message = property(ctx, error, "message");
        // A long message must not push the frames out, and frames that it quotes are not its own.
        let stack = property(ctx, error, "stack");
        let title = format!("{name}: {message}\n");
        let frames = self.frames(&cut(stack
            .strip_prefix(&title)
            .unwrap_or(&stack)
            .to_owned()));
        let (name, message) = (cut(name), cut(message));
        let message = self.explained(&name, &message, &frames).unwrap_or(message);
        Thrown {
            name,
            message,
            frames,
        }
    }

    /// The message of an error that says what to do, where it is known why the engine threw it.
    fn explained(&self, name: &str, message: &str, frames: &[StackFrame]) -> Option<String> {
        let files = self.files.borrow();
        let place = frames.first().and_then(|frame| {
            let text = files.get(&frame.file)?;
            Some((frame.line_in(text)?, text.as_str()))
        });
        let instead = |(line, text): (&str, &str)| hono::instead(message, line, text);
        place.and_then(instead).or_else(|| {
            let line = place.map(|(line, _)| line);
            let is_missing = name == "ReferenceError";
            is_missing.then(|| self.missing().explained(message, line))?
        })
    }

    /// The same for an error that the learner's code caught, and prints.
    pub(super) fn explained_again(&self, name: &str, message: &str, stack: &str) -> Option<String> {
        self.explained(name, message, &self.frames(stack))
    }

    /// The learner's own frames of a stack, innermost first.
    pub(super) fn frames(&self, stack: &str) -> Vec<StackFrame> {
        let files = self.files.borrow();
        let frames = stack.lines().filter_map(frame);
        let own = frames.filter(|frame| files.contains_key(&frame.file));
        own.take(FRAMES).collect()
    }

    /// Where a name is imported that its module does not export.
    fn export_place(&self, missing: &MissingExport) -> Option<StackFrame> {
        let files = self.files.borrow();
        let mut places = files.iter().filter_map(|(file, text)| {
            let written = super::modules::specifier(&self.names, file, &missing.module);
            let stem = written.rsplit_once('.').map_or(&*written, |(stem, _)| stem);
            let index = stem.strip_suffix("/index").unwrap_or(stem);
            [&*written, stem, index, &format!("{stem}.js")]
                .iter()
                .find_map(|specifier| place(file, text, specifier, Some(&missing.name)))
        });
        places.next()
    }

    /// What is wrong where the name is that of a type.
    fn type_sentence(&self, MissingExport { name, module }: &MissingExport) -> Option<String> {
        let files = self.files.borrow();
        let text = files.get(module).filter(|_| self.scripts.has(module))?;
        let is_type = ["interface", "type"].iter().any(|word| {
            text.match_indices(&format!("{word} {name}"))
                .any(|(at, found)| !text[at + found.len()..].starts_with(is_part_of_name))
        });
        is_type.then(|| {
            format!(
                "“{name}” is a type in {module}, and no value: pass it on by “export type {{ {name} }}”, or \
                 use something that is there when the server runs"
            )
        })
    }

    /// Where `file` imports `specifier`.
    pub(super) fn import_place(&self, file: &str, specifier: &str) -> Option<StackFrame> {
        let files = self.files.borrow();
        place(file, files.get(file)?, specifier, None)
    }
}

/// What an import of the engine did not find.
struct MissingExport {
    name: String,
    module: String,
}

impl MissingExport {
    /// Reads the engine's sentence.
    fn of(message: &str) -> Option<Self> {
        let rest = message.strip_prefix("Could not find export '")?;
        let (name, rest) = rest.split_once("' in module '")?;
        Some(Self {
            name: name.to_owned(),
            module: rest.strip_suffix('\'')?.to_owned(),
        })
    }
}

/// Finds the specifier in quotation marks and, when a name is given, the name before it.
fn place(file: &str, text: &str, specifier: &str, name: Option<&str>) -> Option<StackFrame> {
    let quoted = |mark| text.find(&format!("{mark}{specifier}{mark}"));
    let mut at = quoted('"').or_else(|| quoted('\''))?;
    if let Some(name) = name {
        let statement = text[..at].rfind("import")?;
        at = statement + word(&text[statement..at], name)?;
    }
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at]
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
        + 1;
    Some(StackFrame {
        function: String::new(),
        file: file.to_owned(),
        line: u32::try_from(line).ok()?,
        column: u32::try_from(column).ok()?,
    })
}

fn is_part_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// Where `name` stands in `text` as a word of its own.
fn word(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        !text[..*at].ends_with(is_part_of_name)
            && !text[at + name.len()..].starts_with(is_part_of_name)
    })
}

/// Reads `    at name (file:line:column)` or `    at file:line:column`.
pub(super) fn frame(line: &str) -> Option<StackFrame> {
    let line = line.trim().strip_prefix("at ")?;
    let (function, place) = match line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once(" ("))
    {
        Some((function, place)) => (function, place),
        None => ("", line),
    };
    let (rest, column) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    let named = !function.starts_with('<');
    Some(StackFrame {
        function: cut(if named { function } else { "" }.to_owned()),
        file: file.to_owned(),
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

fn property(ctx: &Ctx<'_>, error: &Object<'_>, name: &str) -> String {
    let value = error.get::<_, Option<Coerced<String>>>(name);
    match value {
        Ok(Some(text)) => text.0,
        Ok(None) => String::new(),
        Err(_) => {
            ctx.catch();
            String::new()
        }
    }
}

/// A thrown value that is not an error, in words.
fn describe<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> String {
    let json = value.is_object().then(|| ctx.json_stringify(value.clone()));
    let json = json
        .and_then(Result::ok)
        .flatten()
        .and_then(|json| json.to_string().ok());
    let text = json.or_else(|| value.get::<Coerced<String>>().ok().map(|text| text.0));
    // Whatever went wrong on the way must not stay behind as the pending exception.
    ctx.catch();
    cut(text.unwrap_or_else(|| kind(value).to_owned()))
}

/// What `typeof` says of a value that has no text; the engine has kinds of its own beside those.
fn kind(value: &Value<'_>) -> &'static str {
    if value.is_function() {
        "function"
    } else if value.is_symbol() {
        "symbol"
    } else {
        "object"
    }
}

/// Keeps texts short enough to send.
fn cut(mut text: String) -> String {
    if text.len() > WORDS {
        text.truncate(text.floor_char_boundary(WORDS));
        text.push('…');
    }
    text
}

#[cfg(test)]
#[path = "faults_tests.rs"]
mod tests;
