//! Arguments of natives: text and bytes, whatever JavaScript put in them.

use std::ops::Deref;

use rquickjs::{CString, Ctx, Error, FromJs, Result, TypedArray, Value};

/// A JavaScript string as UTF-8; halves of surrogate pairs become U+FFFD.
pub(super) struct Text(pub(super) String);

impl<'js> FromJs<'js> for Text {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let type_name = value.type_name();
        let Some(string) = value.into_string() else {
            return Err(Error::new_from_js(type_name, "string"));
        };
        let units: CString = string.to_cstring()?;
        // SAFETY: the pointer and the length belong to `units`, which lives to the end of the block.
        let bytes = unsafe { std::slice::from_raw_parts(units.as_ptr().cast(), units.len()) };
        Ok(Self(well_formed(bytes.to_vec())))
    }
}

/// The engine writes half of a surrogate pair as three bytes, ED and a byte from A0 up first, which
/// is not UTF-8. U+FFFD has three bytes as well.
pub(super) fn well_formed(mut bytes: Vec<u8>) -> String {
    bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    for at in 0..bytes.len().saturating_sub(2) {
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The bytes of a `Uint8Array`, copied.
pub(super) struct Octets(pub(super) Vec<u8>);

impl<'js> FromJs<'js> for Octets {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let array = TypedArray::<u8>::from_value(value)?;
        // SAFETY: the slice is copied before any JavaScript can run.
        let bytes = unsafe { array.as_bytes() }.map(<[u8]>::to_vec);
        bytes
            .map(Self)
            .ok_or(Error::new_from_js("detached buffer", "Uint8Array"))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Deref for Octets {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_surrogate_pairs_become_replacement_characters() {
        assert_eq!(well_formed(b"a\xED\xA0\x80b".to_vec()), "a\u{FFFD}b");
        assert_eq!(well_formed(b"\xED\x9F\xBF".to_vec()), "\u{D7FF}");
        assert_eq!(well_formed("blåbär 🫐".into()), "blåbär 🫐");
    }
}
