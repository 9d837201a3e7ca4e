//! What a request asks, in the form that `serve.js` takes: here it costs less than in JavaScript.

use crate::engine::message::HeaderList;

/// The path of an absolute URL, as it stands on the wire.
pub(super) fn path_of(url: &str) -> &str {
    let host = url.find("//").map_or(0, |at| at + 2);
    let Some(from) = url[host..].find('/') else {
        return "/";
    };
    let path = &url[host + from..];
    path.split(['?', '#']).next().unwrap_or(path)
}

/// Names, in lower case, and values in turn, as `Headers` keeps them: what comes twice is put together, by the
/// Fetch standard's rules.
pub(super) fn fields_of(headers: HeaderList) -> Vec<String> {
    let mut fields: Vec<String> = Vec::with_capacity(headers.len() * 2);
    for (mut name, value) in headers {
        name.make_ascii_lowercase();
        let known = fields.chunks_exact_mut(2).find(|field| field[0] == name);
        match known {
            Some([_, known]) if name != "set-cookie" => {
                known.push_str(if name == "cookie" { "; " } else { ", " });
                known.push_str(&value);
            }
            _ => fields.extend([name, value]),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_url_is_what_stands_between_its_host_and_its_query() {
        for (url, path) in [
            ("http://h:3000/", "/"),
            ("http://h/page/2?q=/a#b", "/page/2"),
            ("http://h/a%2Fb/", "/a%2Fb/"),
            ("http://h//x", "//x"),
            ("http://h/#top", "/"),
            ("http://h", "/"),
        ] {
            assert_eq!(path_of(url), path, "{url}");
        }
    }

    #[test]
    fn fields_that_came_twice_are_one_but_for_cookies_to_set() {
        let headers = [
            ("Accept", "a"),
            ("cookie", "a=1"),
            ("set-cookie", "x"),
            ("accept", "b"),
            ("cookie", "b=2"),
            ("set-cookie", "y"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let fields = fields_of(headers.into());
        let expected = "accept|a, b|cookie|a=1; b=2|set-cookie|x|set-cookie|y";
        assert_eq!(fields.join("|"), expected);
    }
}
