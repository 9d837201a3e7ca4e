//! The cookies that a request carries, found byte by byte: what one page has set, whatever bytes it is made of,
//! does not hide another one's.
//!
//! Browsers end a cookie at a semicolon, in quotes as well, so no value reaches into the next.

use http::header::{COOKIE, HeaderMap};

/// All names and values in the order in which they were sent; one without `=` has an empty name, as browsers
/// understand it.
pub(crate) fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&[u8], &[u8])> {
    let lines = headers.get_all(COOKIE).iter();
    let pairs = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    pairs.map(<[u8]>::trim_ascii).filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=');
        match at {
            Some(at) => Some((
                pair[..at].trim_ascii_end(),
                pair[at + 1..].trim_ascii_start(),
            )),
            None if pair.is_empty() => None,
            None => Some((&[][..], pair)),
        }
    })
}

/// The values of the cookies with this name, without the quotes around them.
pub(crate) fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a [u8]> {
    pairs(headers)
        .filter(move |(key, _)| *key == name.as_bytes())
        .map(|(_, value)| unquoted(value))
}

/// The first value of the cookies with this name that is text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    values(headers, name).find_map(|value| str::from_utf8(value).ok())
}

fn unquoted(value: &[u8]) -> &[u8] {
    let inner = value.strip_prefix(b"\"");
    inner.and_then(|it| it.strip_suffix(b"\"")).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn sent(lines: &[&[u8]]) -> HeaderMap {
        let value = |line: &&[u8]| HeaderValue::from_bytes(line).expect("a value");
        lines.iter().map(|line| (COOKIE, value(line))).collect()
    }

    #[test]
    fn a_cookie_is_found_whatever_stands_around_it() {
        let long = [b"long=".to_vec(), vec![b'x'; 4096], b"; mine=1".to_vec()].concat();
        for lines in [
            &[&b"mine=1"[..]][..],
            &[b"a=\xc3\xbc; mine=1; b=\xff"],
            &[b"a=\"x; mine=1"],
            &[b"a=\"x; mine=\"1\"; b=\""],
            &[b";;  ; =; mine = 1 ;"],
            &[b"yours=mine=2; mine=1"],
            &[b"a=b", b"\xe9", b"mine=1"],
            &[&long],
        ] {
            let headers = sent(lines);
            let found: Vec<_> = values(&headers, "mine").collect();
            assert_eq!(found, [b"1"], "{lines:?}");
        }
        assert_eq!(
            values(&sent(&[b"Mine=1; mines=1; =mine"]), "mine").count(),
            0
        );
    }

    #[test]
    fn all_of_one_name_are_found_in_order() {
        let headers = sent(&[b"mine=\xff; mine=2", b"mine="]);
        let found: Vec<_> = values(&headers, "mine").collect();
        assert_eq!(found, [&b"\xff"[..], b"2", b""]);
        assert_eq!(text(&headers, "mine"), Some("2"));
    }
}
