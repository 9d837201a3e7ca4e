//! Whether a domain for sandboxes is of another site than the site's own, as browsers see it.
//!
//! To them a site is a registrable domain: a public suffix (`org`, `co.uk`, `github.io`) and one label before it.
//! Pages of one site can set each other's cookies. Which suffixes are public stands in a list that browsers share.

use url::{Host, Url};

use super::given::Wrong;

/// Both were given.
pub(super) const WITH_PORTS: Wrong = Wrong {
    problem: "has names for sandboxes, and --preview-ports gives them ports",
    mend: "leave one of the two out",
};

/// Why sandboxes of the site cannot live below this domain.
pub(super) fn fault(site: &Url, domain: &str) -> Option<Wrong> {
    let Some(Host::Domain(name)) = site.host() else {
        return Some(Wrong {
            problem: "goes with a site that has a name",
            mend: "write the site's name as well, such as --site-url https://learn.example.org",
        });
    };
    if name
        .strip_suffix(domain)
        .is_some_and(|rest| rest.ends_with('.'))
        && is_suffix(domain)
    {
        return Some(Wrong {
            problem: "lies above the site's own name, and is no domain of yours",
            mend: "write a name of a domain that you have registered, such as sandboxes.example.net, or leave it out",
        });
    }
    if is_open_to_all(domain) {
        return Some(Wrong {
            problem: "is a public suffix or a single word, not a domain that you have registered",
            mend: "write a name of a domain that you have registered, such as sandboxes.example.net",
        });
    }
    if registrable(name) == registrable(domain) {
        return Some(Wrong {
            problem: "is of the same site as the site's own name, so pages there could set its cookies",
            mend: "write a name of another domain, such as sandboxes.example.net beside \
                   learn.example.org, or leave it out",
        });
    }
    let is_local = |name: &str| name == "localhost" || name.ends_with(".localhost");
    let is_trusted = site.scheme() == "https" || is_local(name) && is_local(domain);
    (!is_trusted).then_some(Wrong {
        problem: "needs https: without it, browsers keep no cookies of a frame of another site",
        mend: "write the site's address with https, or leave it out",
    })
}

/// Whether names below it are each a site of their own.
fn is_suffix(domain: &str) -> bool {
    psl::suffix_str(domain) == Some(domain)
}

/// Whether it is a suffix that a registry sells names below, or a single word that is on no list. What is on the list
/// because its owner lets others have names there may be the operator's own.
fn is_open_to_all(domain: &str) -> bool {
    let owner = psl::suffix(domain.as_bytes()).and_then(|it| it.typ());
    is_suffix(domain) && domain != "localhost" && owner != Some(psl::Type::Private)
}

/// The registrable domain; of a public suffix, itself.
fn registrable(name: &str) -> &str {
    psl::domain_str(name).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(site: &str, domain: &str) -> Option<&'static str> {
        let site = Url::parse(site).expect("a site's address");
        fault(&site, domain).map(|wrong| wrong.problem)
    }

    #[test]
    fn another_site_is_another_registrable_domain() {
        for (site, domain) in [
            ("https://learn.example.org", "sandboxes.example.net"),
            ("https://learn.example.org", "example.net"),
            ("https://learn.example.co.uk", "boxes.co.uk"),
            ("https://learn.github.io", "boxes.github.io"),
            ("http://hxlab.localhost:3000", "boxes.localhost"),
            // One that stands in the list itself: each sandbox is a site of its own.
            ("https://learn.example.org", "github.io"),
        ] {
            assert_eq!(problem(site, domain), None, "{site} {domain}");
        }
        for (site, domain, words) in [
            (
                "https://learn.example.org",
                "learn.example.org",
                "same site",
            ),
            (
                "https://learn.example.org",
                "boxes.example.org",
                "same site",
            ),
            ("https://learn.example.org", "example.org", "same site"),
            (
                "https://learn.example.org",
                "a.learn.example.org",
                "same site",
            ),
            ("https://a.example.co.uk", "b.example.co.uk", "same site"),
            ("http://learn.example.org", "example.net", "needs https"),
            ("http://hxlab.localhost", "example.net", "needs https"),
            ("https://192.168.1.5", "example.net", "a name"),
            ("https://learn.example.org", "com", "a public suffix"),
            ("https://learn.example.org", "co.uk", "a public suffix"),
            ("https://learn.example.org", "lan", "a public suffix"),
            ("https://learn.example.org", "org", "above the site's own"),
            (
                "https://learn.github.io",
                "github.io",
                "above the site's own",
            ),
        ] {
            let said = problem(site, domain).unwrap_or_default();
            assert!(said.contains(words), "{site} {domain}: {said}");
        }
    }
}
