//! Whether a text reads like a server's: by what it calls and imports, and by an object with `fetch`.

/// What opens a server by `listen`. None of them is here, but then the server's fault says so, with what to do.
const LISTENERS: [&str; 7] = [
    "express",
    "elysia",
    "fastify",
    "koa",
    "http",
    "node:http",
    "bunrest",
];

/// Why a text reads like a server's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reads {
    /// It opens one.
    Opens,
    /// It exports one.
    Exports,
}

impl Reads {
    /// Nothing where it does not read like one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let has = |part: &str| text.contains(part);
        let calls = |name: &str| has(&format!("{name}(")) || has(&format!("{name}<"));
        let imports = |package: &str| {
            ['"', '\''].iter().any(|quote| {
                has(&format!("{quote}{package}{quote}")) || has(&format!("{quote}{package}/"))
            })
        };
        let serves = calls("serve") && (imports("bun") || imports("@hono/node-server"));
        let fires = has(".fire()") && imports("hono");
        let listens = has(".listen(") && LISTENERS.into_iter().any(imports);
        if calls("Bun.serve") || serves || fires || listens {
            return Some(Self::Opens);
        }
        let exports = has("export default") && (imports("hono") || serves_by_fetch(text));
        exports.then_some(Self::Exports)
    }
}

/// How far around a word is looked, in bytes, so that no text takes long.
const NEAR: usize = 1000;

/// Whether an object in this text has a method or a property `fetch`; a call of it is none.
fn serves_by_fetch(text: &str) -> bool {
    let places = text.match_indices("fetch").map(|(at, word)| {
        let (from, after) = (at.saturating_sub(NEAR), at + word.len());
        let to = text.len().min(after + NEAR);
        let before = &text[text.ceil_char_boundary(from)..at];
        (
            before,
            text[after..text.floor_char_boundary(to)].trim_start(),
        )
    });
    places
        .filter(|(before, _)| !before.ends_with(is_part_of_a_name))
        .any(|(before, after)| match after.chars().next() {
            Some(':') => true,
            Some('(') => is_method(after),
            Some(',' | '}') => is_in_a_literal(before),
            _ => false,
        })
}

fn is_part_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.' | '-')
}

/// Whether a body follows these parameters, perhaps after a type: `(req: Request): Response {`.
fn is_method(parameters: &str) -> bool {
    let mut depth = 0;
    let end = parameters.find(|letter| {
        depth += nesting(letter);
        depth == 0
    });
    let rest = end.map_or("", |end| parameters[end + 1..].trim_start());
    let typed = rest
        .strip_prefix(':')
        .and_then(|rest| rest.split('{').next());
    let is_type = |text: &str| !text.contains(['(', ';', '}', '"', '\'', '`']);
    rest.starts_with('{') || (rest.contains('{') && typed.is_some_and(is_type))
}

/// Whether the braces that these words begin are an object's, which is exported or has a name; those of an import or of
/// `const { fetch } = …` are not.
fn is_in_a_literal(before: &str) -> bool {
    let mut depth = 0;
    let open = before.rfind(|letter| {
        depth += nesting(letter);
        depth == 1
    });
    open.is_some_and(|open| {
        let owner = before[..open].trim_end();
        before[open..].starts_with('{') && (owner.ends_with("default") || owner.ends_with('='))
    })
}

/// By how much a bracket goes deeper.
fn nesting(letter: char) -> i32 {
    match letter {
        '(' | '[' | '{' => 1,
        ')' | ']' | '}' => -1,
        _ => 0,
    }
}
