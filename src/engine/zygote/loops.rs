//! Finds the loop that was interrupted.
//!
//! The engine records the places of calls only. For a loop that calls nothing, it names the last call
//! before it, or the start of the function. The loop is then the next one in the same function that has
//! not been left. This reads the source just well enough for that, and a guess that is wrong is
//! still in the right function.

mod tokens;

use crate::engine::message::StackFrame;
use tokens::{SourceToken, tokens};

/// What a pair of braces holds.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    Loop,
    Function,
    Other,
}

/// Moves a frame from the last known place to the loop behind it, if there is one.
pub(super) fn correct(frame: &mut StackFrame, text: &str) {
    let tokens = tokens(text);
    let place = (frame.line, frame.column);
    let from = tokens.partition_point(|token| (token.line, token.column) < place);
    let found = match own_body(&tokens, from, frame) {
        Some(body) => first_loop(&tokens, body + 1),
        None => first_loop(&tokens, from),
    };
    // At the very start no place is known; then any loop is a better guess than none.
    let anywhere = || {
        tokens
            .iter()
            .position(|token| token.begins_loop)
            .filter(|_| place == (1, 1))
    };
    if let Some(token) = found.or_else(anywhere).and_then(|index| tokens.get(index)) {
        (frame.line, frame.column) = (token.line, token.column);
    }
}

/// The opening brace of the interrupted function, when the known place is its start.
fn own_body(tokens: &[SourceToken], from: usize, frame: &StackFrame) -> Option<usize> {
    let starts = |token: &SourceToken| token.text == "function" || token.text == frame.function;
    if (frame.line, frame.column) == (1, 1) {
        if frame.function.is_empty() {
            return None;
        }
        let mut named = (from..tokens.len()).filter(|index| tokens[*index].text == frame.function);
        return named.find_map(|index| body_behind(tokens, index));
    }
    let near = tokens
        .get(from..)?
        .iter()
        .take(4)
        .any(|token| starts(token) || token.text == "(");
    near.then(|| body_behind(tokens, from)).flatten()
}

/// The body of the function whose head begins here: names, parameters, then a brace.
fn body_behind(tokens: &[SourceToken], from: usize) -> Option<usize> {
    let mut index = from;
    loop {
        let token = tokens.get(index)?;
        match token.text {
            "(" => index = token.pair?,
            "{" => return (block(tokens, index) == Block::Function).then_some(index),
            ";" | "," | ")" | "}" | "return" => return None,
            _ => {}
        }
        index += 1;
    }
}

/// The next loop that is reached from here without leaving a loop or the function, or entering
/// another function.
fn first_loop(tokens: &[SourceToken], from: usize) -> Option<usize> {
    let mut index = from;
    while let Some(token) = tokens.get(index) {
        if token.begins_loop {
            return Some(index);
        }
        if token.text == "{" && block(tokens, index) == Block::Function {
            index = token.pair?;
        } else if token.text == "}" {
            let open = token.pair?;
            if open < from && block(tokens, open) != Block::Other {
                return None;
            }
        }
        index += 1;
    }
    None
}

/// What the brace at `open` opens, by what stands before it.
fn block(tokens: &[SourceToken], open: usize) -> Block {
    let before = |index: usize| index.checked_sub(1).and_then(|index| tokens.get(index));
    let Some(last) = before(open) else {
        return Block::Other;
    };
    match last.text {
        "=>" => Block::Function,
        "do" => Block::Loop,
        ")" => match last.pair.and_then(before).map(|token| token.text) {
            Some("for" | "while" | "await") => Block::Loop,
            Some("if" | "switch" | "catch" | "with") => Block::Other,
            _ => Block::Function,
        },
        _ => Block::Other,
    }
}

#[cfg(test)]
#[path = "loops_tests.rs"]
mod tests;
