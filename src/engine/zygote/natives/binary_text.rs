//! Bytes as text and back, in the encodings of `Buffer` that are no way to write Unicode: hexadecimal, both alphabets
//! of base64, and a byte a character. In JavaScript each byte would take a turn of the interpreter.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rquickjs::{Ctx, Exception, Function, Object, Result, TypedArray};

use super::set;
use super::values::{Octets, Text};

/// Adds `bytesToText(bytes, encoding)` and `textToBytes(text, encoding)`; the encodings are `hex`, `base64`,
/// `base64url` and `latin1`.
pub(super) fn add<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    let to_text = Function::new(ctx.clone(), bytes_to_text)?;
    set(object, "bytesToText", to_text)?;
    let to_bytes = Function::new(ctx.clone(), text_to_bytes)?;
    set(object, "textToBytes", to_bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn bytes_to_text(ctx: Ctx<'_>, bytes: Octets, encoding: Text) -> Result<String> {
    Ok(match &*encoding {
        "hex" => to_hex(&bytes),
        "base64" => STANDARD.encode(&*bytes),
        "base64url" => URL_SAFE_NO_PAD.encode(&*bytes),
        "latin1" => bytes.iter().copied().map(char::from).collect(),
        _ => return Err(unknown(&ctx, &encoding)),
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a native")]
fn text_to_bytes(ctx: Ctx<'_>, text: Text, encoding: Text) -> Result<TypedArray<'_, u8>> {
    let bytes = match &*encoding {
        "hex" => from_hex(&text),
        "base64" | "base64url" => from_base64(&text),
        "latin1" => text.encode_utf16().map(low_byte).collect(),
        _ => return Err(unknown(&ctx, &encoding)),
    };
    TypedArray::new_copy(ctx, bytes)
}

fn unknown(ctx: &Ctx<'_>, encoding: &str) -> rquickjs::Error {
    Exception::throw_type(ctx, &format!("Unknown encoding: {encoding}"))
}

fn low_byte(unit: u16) -> u8 {
    unit.to_le_bytes()[0]
}

fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}

/// The pairs of digits up to the first that is none, as Node reads them.
fn from_hex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks_exact(2);
    let values = pairs.map_while(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?));
    values
        .filter_map(|value| u8::try_from(value).ok())
        .collect()
}

/// Either alphabet, mixed as well, up to the first `=`; other characters are skipped, as Node does.
fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0_u32, 0);
    for mark in text.bytes().take_while(|mark| *mark != b'=') {
        let value = match mark {
            b'A'..=b'Z' => mark - b'A',
            b'a'..=b'z' => mark - b'a' + 26,
            b'0'..=b'9' => mark - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held).to_le_bytes()[0]);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_quite_right_is_read_as_node_reads_it() {
        assert_eq!(from_hex("00fFzz11"), [0, 255]);
        assert_eq!(from_hex("abc"), [0xab]);
        assert!(from_hex("é1").is_empty());
        assert_eq!(from_base64("aGk=ignored"), b"hi");
        assert_eq!(from_base64("a G\nk"), b"hi");
        assert_eq!(from_base64("-_+/"), [0xfb, 0xff, 0xbf]);
        assert!(from_base64("a").is_empty());
    }

    #[test]
    fn every_byte_survives_the_way_there_and_back() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(from_hex(&to_hex(&all)), all);
        assert_eq!(from_base64(&STANDARD.encode(&all)), all);
        assert_eq!(from_base64(&URL_SAFE_NO_PAD.encode(&all)), all);
    }
}
