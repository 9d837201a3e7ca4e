//! A message for WebSocket clients, read where JavaScript keeps it: a long one is never there a second time in a
//! Run's memory, and crosses in parts.

use std::rc::Rc;

use rquickjs::{CString, Ctx, Error, Exception, FromJs, Result, TypedArray, Value};

use super::values::well_formed;
use super::wire::tell;
use crate::engine::message::{CHUNK_LIMIT, FromRun, Payload, WHOLE_LIMIT};
use crate::engine::zygote::host::Host;
use crate::limits::LimitName;

/// A string or a `Uint8Array`.
pub(super) enum Content<'js> {
    Text(CString<'js>),
    Binary(TypedArray<'js, u8>),
}

impl<'js> FromJs<'js> for Content<'js> {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        match value.try_into_string() {
            Ok(string) => string.to_cstring().map(Self::Text),
            Err(value) => TypedArray::from_value(value).map(Self::Binary),
        }
    }
}

impl Content<'_> {
    /// Says it, as what `message` makes of its last part; gives its length in bytes.
    pub(super) fn say(
        &self,
        ctx: &Ctx<'_>,
        host: &Rc<Host>,
        message: impl FnOnce(Payload) -> FromRun,
    ) -> Result<usize> {
        let bytes = self.bytes()?;
        let longest = host.limits.borrow().queued;
        if bytes.len() > longest {
            let because = host.limits.borrow().because(LimitName::Queued);
            return Err(Exception::throw_range(ctx, &because));
        }
        let mut last = bytes;
        while bytes.len() > WHOLE_LIMIT && last.len() > CHUNK_LIMIT {
            let (part, rest) = last.split_at(self.boundary(last));
            let bytes = match self {
                Self::Text(_) => well_formed(part.to_vec()).into_bytes(),
                Self::Binary(_) => part.to_vec(),
            };
            tell(ctx, host, &FromRun::Part { bytes })?;
            last = rest;
        }
        let payload = match self {
            Self::Text(_) => Payload::Text(well_formed(last.to_vec())),
            Self::Binary(_) => Payload::Binary(last.to_vec()),
        };
        tell(ctx, host, &message(payload))?;
        Ok(bytes.len())
    }

    fn bytes(&self) -> Result<&[u8]> {
        match self {
            // SAFETY: the pointer and the length belong to the string, which lives as long as `self`.
            Self::Text(units) => {
                Ok(unsafe { std::slice::from_raw_parts(units.as_ptr().cast(), units.len()) })
            }
            // SAFETY: no JavaScript runs while the slice is looked at, so the buffer stays as it is.
            Self::Binary(array) => unsafe { array.as_bytes() }
                .ok_or(Error::new_from_js("detached buffer", "Uint8Array")),
        }
    }

    /// Where the next part ends: in a text between two characters.
    fn boundary(&self, bytes: &[u8]) -> usize {
        let mut end = CHUNK_LIMIT;
        if matches!(self, Self::Text(_)) {
            while bytes[end] & 0xC0 == 0x80 {
                end -= 1;
            }
        }
        end
    }
}
