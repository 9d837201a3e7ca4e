//! TypeScript and JSX into the JavaScript that the engine runs, with the learner's own lines and columns.
//!
//! Entry point: [`transpile`]. Stages: the parser makes a tree; the semantic pass knows what each name stands
//! for, and finds the errors that need it; the transformer takes types away, and makes calls of JSX; the printer
//! writes the rest, and where each piece of it came from ([`Places`]). What a project's `tsconfig.json` says about
//! it are the [`Settings`]. The only door to oxc.
//!
//! A file that is nested too deeply overflows the stack, and there are files that need much memory. Whoever calls
//! this has to survive both.
#![allow(unreachable_pub, reason = "the fuzz targets use it from another crate")]

mod places;
mod settings;

use std::path::Path;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_parser::Parser;
use oxc_semantic::{Semantic, SemanticBuilder};
use oxc_span::{GetSpan as _, SourceType};
use oxc_transformer::Transformer;

pub use places::Places;
pub use settings::Settings;

/// The module from which transpiled code imports what the language lacks.
pub const HELPERS: &str = "hxlab/helpers/";

/// What a file may have beside JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Types.
    TypeScript,
    /// Types and JSX.
    TypeScriptWithJsx,
    /// JSX.
    Jsx,
}

impl Dialect {
    /// The dialect that the ending of a file's name stands for; none for plain JavaScript and all else.
    #[must_use]
    pub fn of(file: &str) -> Option<Self> {
        match file.rsplit_once('.')?.1 {
            "ts" | "mts" => Some(Self::TypeScript),
            "tsx" => Some(Self::TypeScriptWithJsx),
            "jsx" => Some(Self::Jsx),
            _ => None,
        }
    }

    fn source_type(self) -> SourceType {
        match self {
            Self::TypeScript => SourceType::ts(),
            Self::TypeScriptWithJsx => SourceType::tsx(),
            Self::Jsx => SourceType::jsx(),
        }
        .with_module(true)
    }
}

/// A file as JavaScript.
#[derive(Clone, Debug)]
pub struct Transpiled {
    /// A module's text.
    pub code: String,
    /// Where each piece of it stands in the file.
    pub places: Places,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// A sentence without its full stop.
    pub message: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Whether the file is as the language wants it, and what stops it is missing here.
    pub is_missing_here: bool,
}

/// Makes JavaScript of a file of this name.
///
/// # Errors
/// The first fault of the file.
pub fn transpile(
    file: &str,
    text: &str,
    dialect: Dialect,
    settings: &Settings,
) -> Result<Transpiled, SyntaxFault> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, dialect.source_type()).parse();
    refuse(text, &parsed.diagnostics)?;
    let mut program = parsed.program;
    let known = SemanticBuilder::new()
        .with_check_syntax_error(true)
        .with_enum_eval(true)
        // Only decorators and accessors are looked for in the list of nodes.
        .with_build_nodes(text.contains('@') || text.contains("accessor"))
        .build(&program);
    refuse(text, &known.diagnostics)?;
    refuse_accessors(text, &known.semantic)?;
    if !settings.has_decorators() {
        refuse_decorators(text, &known.semantic)?;
    }
    let scoping = known.semantic.into_scoping();
    let options = settings.options();
    let transformer = Transformer::new(&allocator, Path::new(file), &options);
    let done = transformer.build_with_scoping(scoping, &mut program);
    refuse(text, &done.diagnostics)?;
    let printed = Codegen::new()
        .with_options(CodegenOptions {
            source_map_path: Some(file.into()),
            comments: CommentOptions::disabled(),
            ..CodegenOptions::default()
        })
        .build(&program);
    let map = printed.map.unwrap_or_default();
    let pieces = map.get_tokens().map(|token| {
        let made = (token.get_dst_line() + 1, token.get_dst_col() + 1);
        (made, (token.get_src_line() + 1, token.get_src_col() + 1))
    });
    Ok(Transpiled {
        places: Places::of(pieces),
        code: printed.code,
    })
}

/// The first of what a stage found.
fn refuse(text: &str, found: &oxc_diagnostics::Diagnostics) -> Result<(), SyntaxFault> {
    let Some(first) = found.iter().next() else {
        return Ok(());
    };
    let labels = || first.labels.iter();
    let label = labels().find(|it| it.primary()).or_else(|| labels().last());
    let at = label.map_or(0, |label| label.offset() as usize);
    let message = in_our_words(first.message.trim_end_matches('.'));
    Err(match &first.help {
        Some(help) => fault(
            text,
            at,
            &format!("{message}. {}", help.trim_end_matches('.')),
        ),
        None => fault(text, at, message),
    })
}

/// What the transformer says of itself, and what to do instead.
fn in_our_words(message: &str) -> &str {
    if message.starts_with("Namespaces exporting non-const") {
        "A namespace can export only “const” here. Write “export const” for “export let” and “export var”"
    } else {
        message
    }
}

fn refuse_accessors(text: &str, semantic: &Semantic<'_>) -> Result<(), SyntaxFault> {
    let mut kinds = semantic.nodes().iter().map(oxc_semantic::AstNode::kind);
    let Some(accessor) = kinds.find(|kind| matches!(kind, AstKind::AccessorProperty(_))) else {
        return Ok(());
    };
    let sentence = "The word “accessor” in a class is not available here. Leave it out, or write “get” and “set”";
    Err(missing(text, accessor.span().start as usize, sentence))
}

fn refuse_decorators(text: &str, semantic: &Semantic<'_>) -> Result<(), SyntaxFault> {
    let mut kinds = semantic.nodes().iter().map(oxc_semantic::AstNode::kind);
    let Some(decorator) = kinds.find(|kind| matches!(kind, AstKind::Decorator(_))) else {
        return Ok(());
    };
    let sentence = "Decorators of the standard are not available here. Write a tsconfig.json with \
                    {\"compilerOptions\": {\"experimentalDecorators\": true}} for those of TypeScript";
    Err(missing(text, decorator.span().start as usize, sentence))
}

fn missing(text: &str, at: usize, message: &str) -> SyntaxFault {
    SyntaxFault {
        is_missing_here: true,
        ..fault(text, at, message)
    }
}

fn fault(text: &str, at: usize, message: &str) -> SyntaxFault {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |it| it.chars().count())
        + 1;
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    SyntaxFault {
        message: message.to_owned(),
        line: number(line),
        column: number(column),
        is_missing_here: false,
    }
}

#[cfg(test)]
#[path = "transpile/transpile_tests.rs"]
mod tests;
