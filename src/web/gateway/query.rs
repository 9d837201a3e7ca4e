//! What the preview's script puts into an address for the gateway alone.

/// `/page?a=1&NAME=T`, `NAME=` → `/page?a=1`, `T`.
pub(super) fn take<'a>(path: &'a str, name: &str) -> Option<(String, &'a str)> {
    let (page, query) = path.split_once('?')?;
    let value = query.split('&').find_map(|it| it.strip_prefix(name))?;
    let rest: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.starts_with(name))
        .collect();
    let plain = match rest.as_slice() {
        [] => page.to_owned(),
        pairs => format!("{page}?{}", pairs.join("&")),
    };
    Some((plain, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_out_of_the_query() {
        let taken = |path| take(path, "hxlab-held=").map(|(plain, it)| (plain, it.to_owned()));
        assert_eq!(taken("/guests"), None);
        assert_eq!(taken("/guests?page=2"), None);
        let expected = |plain: &str| Some((plain.to_owned(), "T".to_owned()));
        assert_eq!(taken("/guests?hxlab-held=T"), expected("/guests"));
        assert_eq!(taken("/?a=1&hxlab-held=T&b"), expected("/?a=1&b"));
    }
}
