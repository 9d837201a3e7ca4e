//! What a file of a project holds: text, or bytes that are no text, such as a picture or a font.
//!
//! In JSON a text is a string, and bytes are `{"base64": "…"}`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FileName, Project, ProjectError};

/// Endings of names that stand for text: bytes under such a name are a text in another encoding, which nobody meant.
const TEXT_ENDINGS: [&str; 14] = [
    "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "json", "html", "htm", "css", "txt", "md",
];

/// What a file holds. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Text.
    Text(Arc<str>),
    /// Bytes that are no UTF-8, or have a NUL among them.
    Bytes(Arc<[u8]>),
}

impl Contents {
    /// The text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) => None,
        }
    }

    /// The bytes, of a text in UTF-8.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// The length in bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes().len()
    }

    /// What was read from a disk, or came as base64: text where it can be one.
    pub(crate) fn of_bytes(name: &FileName, bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if stands_for_text(name) || !text.contains('\0') => Self::Text(text.into()),
            _ => Self::Bytes(bytes.into()),
        }
    }

    /// Whether a file of this name may hold this.
    pub(crate) fn fits(&self, name: &FileName) -> bool {
        self.text().is_some() || !stands_for_text(name)
    }

    /// What bytes are, in words, such as “picture, 3.1 KiB”; nothing of a text, which speaks for itself.
    pub(crate) fn in_words(&self, name: &FileName) -> Option<String> {
        let Self::Bytes(bytes) = self else {
            return None;
        };
        let kind = mime_guess::from_path(name.as_str()).first_or_octet_stream();
        let kind = match kind.type_().as_str() {
            "image" => "picture",
            "font" => "font",
            "audio" => "sound",
            "video" => "video",
            _ => "no text",
        };
        Some(format!("{kind}, {}", size_in_words(bytes.len())))
    }
}

/// A size as the workbench writes it (`sizeOf` in `workbench/parts.js`).
fn size_in_words(bytes: usize) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let tenths = (bytes * 10 + 512) / 1024;
    if bytes < 10_240 {
        format!("{}.{} KiB", tenths / 10, tenths % 10)
    } else {
        format!("{} KiB", (bytes + 512) / 1024)
    }
}

fn stands_for_text(name: &FileName) -> bool {
    let ending = name.as_str().rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        TEXT_ENDINGS
            .iter()
            .any(|text| text.eq_ignore_ascii_case(ending))
    })
}

impl From<Arc<str>> for Contents {
    fn from(text: Arc<str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Contents {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Contents {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl Serialize for Contents {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bytes(bytes) => {
                let mut object = serializer.serialize_map(Some(1))?;
                object.serialize_entry("base64", &STANDARD.encode(bytes))?;
                object.end()
            }
        }
    }
}

/// What a file holds as it stands in JSON; whether the base64 can be read is not known yet.
pub(crate) enum JsonContents {
    Text(String),
    Base64(String),
}

impl JsonContents {
    fn read(self, name: &FileName) -> Result<Contents, ProjectError> {
        match self {
            Self::Text(text) => Ok(text.into()),
            Self::Base64(base64) => {
                let bytes = STANDARD.decode(base64);
                let bytes = bytes.map_err(|_| ProjectError::Base64(name.clone()))?;
                Ok(Contents::of_bytes(name, &bytes))
            }
        }
    }
}

impl Project {
    /// The project that stands in JSON; the first file that breaks a limit is the error.
    pub(crate) fn from_json(files: BTreeMap<String, JsonContents>) -> Result<Self, ProjectError> {
        let mut project = Self::default();
        for (name, contents) in files {
            let name = FileName::try_from(name)?;
            let contents = contents.read(&name)?;
            project.insert(name, contents)?;
        }
        Ok(project)
    }
}

impl<'de> Deserialize<'de> for JsonContents {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = JsonContents;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or an object with “base64” alone")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<JsonContents, E> {
        Ok(JsonContents::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<JsonContents, E> {
        Ok(JsonContents::Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<JsonContents, A::Error> {
        let mut found = None;
        while let Some(key) = object.next_key::<String>()? {
            if key != "base64" || found.is_some() {
                let key: String = key.chars().take(80).collect();
                return Err(A::Error::unknown_field(&key, &["base64"]));
            }
            found = Some(object.next_value()?);
        }
        found
            .map(JsonContents::Base64)
            .ok_or_else(|| A::Error::missing_field("base64"))
    }
}

#[cfg(test)]
#[path = "contents_tests.rs"]
mod tests;
