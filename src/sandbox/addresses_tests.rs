use super::*;

fn tenant(id: &str) -> Tenant {
    Tenant {
        id: id.to_owned(),
        client: None,
    }
}

const NOBODY: IsUsed = &|_| false;

#[test]
fn a_name_is_made_of_the_id_and_the_client() {
    for (site, other, domain) in [
        ("https://learn.example.org", None, "learn.example.org"),
        (
            "https://learn.example.org",
            Some("boxes.example.net"),
            "boxes.example.net",
        ),
        (
            "https://learn.example.org:8443",
            Some("boxes.example.net"),
            "boxes.example.net:8443",
        ),
    ] {
        let domain_of = SandboxDomain::new(site, other.map(str::to_owned));
        let names = Addresses::Names(domain_of);
        let of = |client| {
            let tenant = Tenant {
                client,
                ..tenant("a")
            };
            names.of(&tenant, NOBODY).unwrap()
        };
        assert_eq!(of(None), format!("https://a.{domain}/"));
        assert_eq!(of(Some("bob")), format!("https://a--bob.{domain}/"));
        assert_eq!(names.pattern(), format!("https://*.{domain}/"));
    }
}
