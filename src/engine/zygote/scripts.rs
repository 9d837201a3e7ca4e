//! A project's scripts on their way into the engine. Plain JavaScript goes there as it is; TypeScript and JSX are
//! transpiled first, here in the jail, and only when a Run loads such a file.
//!
//! Entry point: [`declare`]. A `.js` file that the engine cannot read is tried once more with types and JSX, since
//! that is what people paste. Stacks then have the learner's own lines (`stacks.rs`).

mod last_words;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Exception, Module, Object, Result};

use super::faults::frame;
use super::host::Host;
use super::modules;
use crate::engine::message::{FromRun, Level, StackFrame, Thrown};
use crate::transpile::{Dialect, Places, Settings, SyntaxFault, Transpiled, transpile};

pub(super) use last_words::listen;

const SETTINGS: &str = "tsconfig.json";

/// Settings, or the sentence about those that cannot be read.
type ReadSettings = std::result::Result<Settings, String>;

/// What a Run knows of the scripts that were transpiled.
#[derive(Default)]
pub(super) struct Scripts {
    /// By the names of their files.
    places: RefCell<BTreeMap<String, Places>>,
    /// What `tsconfig.json` says, read when it is first needed.
    settings: OnceCell<ReadSettings>,
}

/// A project's script as a module.
pub(super) fn declare<'js>(
    ctx: &Ctx<'js>,
    host: &Rc<Host>,
    file: &str,
    text: String,
) -> Result<Module<'js, Declared>> {
    if let Some(dialect) = Dialect::of(file) {
        let settings = settings(ctx, host)?;
        let made = work(host, file, &text, dialect, settings);
        return match made {
            Ok(made) => declare_made(ctx, host, file, made),
            Err(fault) => Err(throw(ctx, file, &fault)),
        };
    }
    match modules::declare(ctx, host, file, text) {
        Err(Error::Exception) => pasted(ctx, host, file),
        declared => declared,
    }
}

/// What the engine says of a file that is nested too deeply for it; such an error has no place.
const TOO_DEEP: &str = "RangeError";

fn is_called(error: &Object<'_>, wanted: &str) -> bool {
    error
        .get::<_, String>("name")
        .is_ok_and(|name| name == wanted)
}

/// A `.js` file that the engine could not read, with JSX, as Bun has it, or with types, as people paste them.
/// What the engine threw stays thrown where that does not help.
fn pasted<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, file: &str) -> Result<Module<'js, Declared>> {
    let thrown = ctx.catch();
    let text = host.files.borrow().get(file).cloned().unwrap_or_default();
    let stopped = thrown.as_object().filter(|it| it.is_error());
    if stopped.is_some_and(|it| is_called(it, TOO_DEEP)) {
        return Err(throw(ctx, file, &too_deep(file)));
    }
    let Some(stopped) = stopped.filter(|it| is_called(it, "SyntaxError")) else {
        return Err(ctx.throw(thrown));
    };
    let reached = place_of(stopped);
    let settings = settings(ctx, host)?;
    let mut furthest: Option<SyntaxFault> = None;
    for dialect in [
        Dialect::Jsx,
        Dialect::TypeScriptWithJsx,
        Dialect::TypeScript,
    ] {
        match work(host, file, &text, dialect, settings) {
            Ok(made) => {
                let declared = declare_made(ctx, host, file, made);
                if declared.is_err() {
                    host.scripts.places.borrow_mut().remove(file);
                    ctx.catch();
                    return Err(ctx.throw(thrown));
                }
                if dialect != Dialect::Jsx {
                    tell_of_types(host, file, dialect);
                }
                return declared;
            }
            Err(fault) if fault.is_missing_here => return Err(throw(ctx, file, &fault)),
            Err(fault) if furthest.as_ref().is_none_or(|it| it.line < fault.line) => {
                furthest = Some(fault);
            }
            Err(_) => {}
        }
    }
    // Where the transpiler came further, what stopped the engine were types or JSX, and not the fault.
    match furthest.filter(|it| reached.is_some_and(|line| line < it.line)) {
        Some(fault) => Err(throw(ctx, file, &fault)),
        None => Err(ctx.throw(thrown)),
    }
}

/// The line that the engine reached.
fn place_of(error: &Object<'_>) -> Option<u32> {
    let stack = error.get::<_, String>("stack").ok()?;
    stack.lines().find_map(frame).map(|frame| frame.line)
}

fn tell_of_types(host: &Host, file: &str, dialect: Dialect) {
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    let ending = match dialect {
        Dialect::TypeScriptWithJsx => "ts (tsx, if it has JSX)",
        _ => "ts",
    };
    let text = format!(
        "{file} has TypeScript in it. It runs here all the same; Bun wants it in a file that is named {name}.{ending}."
    );
    host.say_line(Level::Info, text);
}

fn settings<'h>(ctx: &Ctx<'_>, host: &'h Host) -> Result<&'h Settings> {
    let read = host.scripts.settings.get_or_init(|| read_settings(host));
    let read = read.as_ref();
    read.map_err(|sentence| Exception::throw_syntax(ctx, sentence))
}

fn read_settings(host: &Host) -> ReadSettings {
    let files = host.files.borrow();
    files
        .get(SETTINGS)
        .map_or_else(|| Ok(Settings::default()), |text| Settings::read(text))
}

/// Whether the project's settings lead an import of this name to another place.
pub(super) fn leads_elsewhere(host: &Host, name: &str) -> bool {
    let read = host.scripts.settings.get_or_init(|| read_settings(host));
    read.as_ref()
        .is_ok_and(|settings| settings.leads_elsewhere(name))
}

/// Transpiles, prepared for a file that the process dies of.
fn work(
    host: &Host,
    file: &str,
    text: &str,
    dialect: Dialect,
    settings: &Settings,
) -> std::result::Result<Transpiled, SyntaxFault> {
    host.flush();
    let failed = |SyntaxFault {
                      message,
                      line,
                      column,
                      ..
                  }| FromRun::Failed {
        fault: Thrown {
            name: "SyntaxError".into(),
            message,
            frames: vec![StackFrame {
                function: String::new(),
                file: file.to_owned(),
                line,
                column,
            }],
        },
    };
    let most = host.limits.borrow().memory;
    let too_much = SyntaxFault {
        message: format!(
            "{file} takes more memory to be read than a server may use: divide it, or write it in a simpler way"
        ),
        ..too_deep(file)
    };
    last_words::with(&failed(too_deep(file)), &failed(too_much), most, || {
        transpile(file, text, dialect, settings)
    })
}

fn too_deep(file: &str) -> SyntaxFault {
    SyntaxFault {
        message: format!("{file} is nested too deeply to be read: divide what is nested in it"),
        line: 1,
        column: 1,
        is_missing_here: false,
    }
}

fn declare_made<'js>(
    ctx: &Ctx<'js>,
    host: &Rc<Host>,
    file: &str,
    made: Transpiled,
) -> Result<Module<'js, Declared>> {
    let mut places = host.scripts.places.borrow_mut();
    places.insert(file.to_owned(), made.places);
    drop(places);
    let declared = modules::declare(ctx, host, file, made.code);
    if let Err(Error::Exception) = declared {
        let thrown = ctx.catch();
        return Err(match thrown.as_object() {
            Some(error) if is_called(error, TOO_DEEP) => throw(ctx, file, &too_deep(file)),
            _ => ctx.throw(thrown),
        });
    }
    declared
}

/// Throws a `SyntaxError` that has its place as the engine's own have it: above where it was thrown.
fn throw(ctx: &Ctx<'_>, file: &str, fault: &SyntaxFault) -> Error {
    let thrown = Exception::throw_syntax(ctx, &fault.message);
    let error = ctx.catch();
    if let Some(error) = error.as_object() {
        let stack = error.get::<_, String>("stack").unwrap_or_default();
        let title = format!("SyntaxError: {}\n", fault.message);
        let frames = stack.strip_prefix(&title).unwrap_or(&stack);
        let (line, column) = (fault.line, fault.column);
        let place = format!("{title}    at {file}:{line}:{column}\n{frames}");
        // An error takes whatever is written to it.
        let _ = error.set("stack", place);
    }
    let _ = ctx.throw(error);
    thrown
}

impl Scripts {
    /// A stack with the places of transpiled code as they are in the learner's files.
    pub(super) fn own_places(&self, stack: &str) -> String {
        let places = self.places.borrow();
        let own = |line: &str| {
            let frame = frame(line)?;
            let (own_line, column) = places.get(&frame.file)?.own(frame.line, frame.column);
            let made = format!("{}:{}:{}", frame.file, frame.line, frame.column);
            let place = format!("{}:{own_line}:{column}", frame.file);
            line.rsplit_once(&made)
                .map(|(start, end)| format!("{start}{place}{end}"))
        };
        let lines = stack.split_inclusive('\n');
        lines
            .map(|line| own(line).unwrap_or_else(|| line.to_owned()))
            .collect()
    }

    /// Whether this file was transpiled.
    pub(super) fn has(&self, file: &str) -> bool {
        self.places.borrow().contains_key(file)
    }
}
