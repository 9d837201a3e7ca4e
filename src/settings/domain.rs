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
        ] {
            let said = problem(site, domain).unwrap_or_default();
            assert!(said.contains(words), "{site} {domain}: {said}");
        }
    }
}
