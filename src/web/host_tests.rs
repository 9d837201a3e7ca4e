use super::*;

const ID: &str = "abcdefghijklmnopqrstuvwx27";

/// Whom a request line's target and its `Host` headers name, on the site at `site`.
fn of(site: &str, target: &str, hosts: &[&str]) -> HostKind {
    let site = Url::parse(site).expect("a site's address");
    let uri = target.parse().expect("a request's target");
    let mut headers = HeaderMap::new();
    for host in hosts {
        headers.append(HOST, host.parse().expect("a header's value"));
    }
    Hosts::new(&site).of(&uri, &headers)
}

fn at_home(hosts: &[&str]) -> HostKind {
    of("http://hxlab.localhost:3000", "/", hosts)
}

#[test]
fn a_host_is_the_site_a_sandbox_this_machine_or_unknown() {
    let sandbox = HostKind::Sandbox(ID.into(), None);
    for (host, kind) in [
        ("hxlab.localhost:3000", HostKind::Site),
        ("hxlab.localhost", HostKind::Site),
        ("HXLAB.Localhost:80", HostKind::Site),
        (&format!("{ID}.hxlab.localhost:3000"), sandbox.clone()),
        (&format!("{}.HXLAB.localhost", ID.to_uppercase()), sandbox),
        ("localhost:3000", HostKind::Alias),
        ("127.0.0.1:3000", HostKind::Alias),
        ("[::1]:3000", HostKind::Alias),
        ("[::1]", HostKind::Alias),
        ("127.0.0.2", HostKind::Unknown),
        ("hxlab.localhost.", HostKind::Unknown),
        ("hxlab.localhost.evil.example", HostKind::Unknown),
        ("xhxlab.localhost", HostKind::Unknown),
        ("a.hxlab.localhost", HostKind::Unknown),
        (&format!("a.{ID}.hxlab.localhost"), HostKind::Unknown),
        (&format!("{ID}a.hxlab.localhost"), HostKind::Unknown),
        (&format!("{}1.hxlab.localhost", &ID[1..]), HostKind::Unknown),
        (&format!("{ID}.localhost"), HostKind::Unknown),
        ("evil.example", HostKind::Unknown),
    ] {
        assert_eq!(at_home(&[host]), kind, "{host}");
    }
}

#[test]
fn no_host_or_two_are_unclear() {
    let own = "hxlab.localhost:3000";
    for hosts in [
        &[][..],
        &[own, own],
        &[own, "evil.example"],
        &[""],
        &["me@hxlab.localhost"],
        &["a b"],
    ] {
        assert_eq!(at_home(hosts), HostKind::Unclear, "{hosts:?}");
    }
}

#[test]
fn the_authority_and_the_header_agree() {
    let of = |target, hosts| of("http://hxlab.localhost:3000", target, hosts);
    let whole = "http://hxlab.localhost:3000/";
    assert_eq!(of(whole, &[]), HostKind::Site);
    assert_eq!(of(whole, &["hxlab.localhost:3000"]), HostKind::Site);
    assert_eq!(of(whole, &["localhost:3000"]), HostKind::Unclear);
    assert_eq!(of(whole, &["hxlab.localhost:3001"]), HostKind::Unclear);
    assert_eq!(of("http://evil.example/", &[]), HostKind::Unknown);
}

#[test]
fn the_site_may_have_any_name_or_address() {
    assert_eq!(
        of("http://localhost", "/", &["localhost:80"]),
        HostKind::Site
    );
    assert_eq!(of("http://localhost", "/", &["127.0.0.1"]), HostKind::Alias);
    assert_eq!(
        of("http://192.168.1.5:3000", "/", &["192.168.1.5:3000"]),
        HostKind::Site
    );
    let below = format!("{ID}.192.168.1.5");
    assert_eq!(
        of("http://192.168.1.5:3000", "/", &[&below]),
        HostKind::Unknown
    );
    assert_eq!(
        of("http://[fe80::1]", "/", &["[fe80::1]:80"]),
        HostKind::Site
    );
}

#[test]
fn sandboxes_may_live_below_another_domain() {
    let site = Url::parse("https://learn.example.org").expect("a site's address");
    let hosts = Hosts::new(&site).with_sandboxes_at(Some("boxes.example.net"));
    let sandbox = |client| HostKind::Sandbox(ID.into(), ClientName::of(client));
    let moved = |label: &str| HostKind::Moved(label.to_owned());
    for (host, kind) in [
        ("learn.example.org", HostKind::Site),
        (&format!("{ID}.boxes.example.net"), sandbox("")),
        (&format!("{ID}--bob.Boxes.example.net:443"), sandbox("bob")),
        // As they were before the domain.
        (&format!("{ID}.learn.example.org"), moved(ID)),
        (
            &format!("{ID}--bob.learn.example.org"),
            moved(&format!("{ID}--bob")),
        ),
        ("boxes.example.net", HostKind::Alias),
        ("localhost:3000", HostKind::Alias),
        ("a.boxes.example.net", HostKind::Unknown),
        ("a.learn.example.org", HostKind::Unknown),
        (&format!("{ID}.example.net"), HostKind::Unknown),
        (&format!("{ID}.xboxes.example.net"), HostKind::Unknown),
        (&format!("{ID}--eve.boxes.example.net"), HostKind::Unknown),
    ] {
        let mut headers = HeaderMap::new();
        headers.append(HOST, host.parse().expect("a header's value"));
        assert_eq!(hosts.of(&Uri::from_static("/"), &headers), kind, "{host}");
    }
}
