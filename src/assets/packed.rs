//! Files served as they are, read once from the binary, each with its compressed forms.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha1::{Digest, Sha1};

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/dist/site"]
struct SiteFiles;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/dist/library"]
struct LibraryFiles;

static SITE: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(read::<SiteFiles>);
static LIBRARY: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(read::<LibraryFiles>);
static VERSION: LazyLock<String> = LazyLock::new(|| version(&SITE));

/// A packed file. Clones share the bytes.
#[derive(Clone, Debug)]
pub(crate) struct Asset {
    /// The value of `Content-Type`.
    pub(crate) mime: String,
    /// The first 16 hexadecimal digits of the file's SHA-256.
    pub(crate) hash: String,
    pub(crate) plain: Bytes,
    /// The file compressed by brotli, when that is smaller.
    pub(crate) brotli: Option<Bytes>,
    /// The file compressed by gzip, when that is smaller.
    pub(crate) gzip: Option<Bytes>,
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Not at all.
    Identity,
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
}

impl Encoding {
    /// The word for `Content-Encoding`; none for [`Encoding::Identity`].
    #[must_use]
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
        }
    }
}

impl Asset {
    /// The smallest form that `Accept-Encoding` allows, with its encoding and its strong `ETag`.
    #[must_use]
    pub(crate) fn negotiate(&self, accept_encoding: &str) -> (Encoding, &Bytes, String) {
        let (encoding, bytes) = match (&self.brotli, &self.gzip) {
            (Some(bytes), _) if accepts(accept_encoding, "br") => (Encoding::Brotli, bytes),
            (_, Some(bytes)) if accepts(accept_encoding, "gzip") => (Encoding::Gzip, bytes),
            _ => (Encoding::Identity, &self.plain),
        };
        let suffix = encoding
            .name()
            .map_or(String::new(), |name| format!("-{name}"));
        (encoding, bytes, format!("\"{}{suffix}\"", self.hash))
    }
}

/// A file of the site's own pages: `site.css`, `site.js`, `htmx.js`, a font.
#[must_use]
pub(crate) fn site(name: &str) -> Option<Asset> {
    SITE.get(name).cloned()
}

/// A library for learners' pages: `htmx-2.js`.
#[must_use]
pub(crate) fn library(name: &str) -> Option<Asset> {
    LIBRARY.get(name).cloned()
}

/// Changes when any file of [`site`] changes, so that an address that holds it may be kept for ever.
/// One for all files, since a style names its fonts and a script its chunks relative to itself.
#[must_use]
pub(crate) fn site_version() -> &'static str {
    &VERSION
}

fn version(assets: &BTreeMap<String, Asset>) -> String {
    let mut digest = Sha1::new();
    for (name, asset) in assets {
        digest.update(name);
        digest.update(&asset.hash);
    }
    hexadecimal(&digest.finalize()[..6])
}

fn read<Folder: RustEmbed>() -> BTreeMap<String, Asset> {
    let is_plain = |name: &Cow<'static, str>| !name.ends_with(".br") && !name.ends_with(".gz");
    let entry = |name: Cow<'static, str>| {
        let asset = asset::<Folder>(&name)?;
        Some((name.into_owned(), asset))
    };
    Folder::iter().filter(is_plain).filter_map(entry).collect()
}

fn asset<Folder: RustEmbed>(name: &str) -> Option<Asset> {
    let file = Folder::get(name)?;
    let hash = hexadecimal(&file.metadata.sha256_hash()[..8]);
    let plain = bytes(file);
    let smaller = |ending| {
        let packed = Folder::get(&format!("{name}{ending}")).map(bytes)?;
        (packed.len() < plain.len()).then_some(packed)
    };
    Some(Asset {
        mime: mime(name),
        hash,
        brotli: smaller(".br"),
        gzip: smaller(".gz"),
        plain,
    })
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

fn mime(name: &str) -> String {
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    if mime.type_() == mime_guess::mime::TEXT {
        format!("{mime}; charset=utf-8")
    } else {
        mime.to_string()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether an `Accept-Encoding` header names `encoding` (or `*`) without refusing it by `q=0`.
fn accepts(header: &str, encoding: &str) -> bool {
    let weight = |wanted: &str| {
        header.split(',').find_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next()?;
            let quality = parts.find_map(|part| part.strip_prefix("q="));
            let quality = quality.map_or(1.0, |text| text.parse().unwrap_or(0.0));
            name.eq_ignore_ascii_case(wanted).then_some(quality)
        })
    };
    weight(encoding)
        .or_else(|| weight("*"))
        .is_some_and(|quality: f32| quality > 0.0)
}
