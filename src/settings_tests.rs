use std::fs;

use super::*;

fn resolve(flags: &Flags, variables: &[(&str, &str)], toml: &str) -> Result<Settings, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    if !toml.is_empty() {
        fs::write(folder.path().join("hxlab.toml"), toml).expect("a small file");
    }
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    let variables: Vec<_> = variables.iter().map(owned).collect();
    Settings::resolve(flags, &variables, folder.path()).map_err(|wrong| {
        let folder = format!("{}/", folder.path().display());
        wrong.to_string().replace(&folder, "")
    })
}

fn from_toml(toml: &str) -> Result<Settings, String> {
    resolve(&Flags::default(), &[], toml)
}

#[test]
fn nothing_given_is_this_machine_at_port_3000() {
    let settings = from_toml("").expect("defaults");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(
        settings.site_url(3000).as_str(),
        "http://hxlab.localhost:3000/"
    );
    assert!(settings.data.ends_with("hxlab"));
    assert_eq!(settings.lessons, None);
}

#[test]
fn a_flag_comes_before_a_variable_before_the_file() {
    let toml = "listen = \"127.0.0.1:1\"\nconnections = 7\n";
    let settings = from_toml(toml).expect("from the file");
    assert_eq!((settings.listen.port(), settings.connections), (1, 7));

    let variables = [("HXLAB_LISTEN", "127.0.0.1:2")];
    let settings = resolve(&Flags::default(), &variables, toml).expect("from the environment");
    assert_eq!((settings.listen.port(), settings.connections), (2, 7));

    let flags = Flags::from(ListenFlags {
        listen: Some("localhost:3".into()),
        ..ListenFlags::default()
    });
    let settings = resolve(&flags, &variables, toml).expect("from the flag");
    assert_eq!((settings.listen.port(), settings.connections), (3, 7));
}

#[test]
fn a_folder_in_the_file_is_meant_from_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("class.toml"), "lessons = \"course\"").expect("a small file");
    let flags = Flags::from(ListenFlags {
        config: Some("class.toml".into()),
        ..ListenFlags::default()
    });
    let settings = Settings::resolve(&flags, &[], folder.path()).expect("good settings");
    assert_eq!(settings.lessons, Some(folder.path().join("course")));
}

#[test]
fn a_wrong_setting_says_where_it_stands_and_what_to_write() {
    let flags = Flags::from(ListenFlags {
        listen: Some("3000".into()),
        ..ListenFlags::default()
    });
    insta::assert_snapshot!(
        resolve(&flags, &[], "").expect_err("no address"),
        @"--listen: “3000” is not an address to listen on; write an IP address and a port, such as 127.0.0.1:3000 or 0.0.0.0:80"
    );
    insta::assert_snapshot!(
        resolve(&Flags::default(), &[("HXLAB_SITE_URL", "learn.example.org")], "").expect_err("no URL"),
        @"HXLAB_SITE_URL: “learn.example.org” is not a URL; write the address that people type, such as https://learn.example.org"
    );
    insta::assert_snapshot!(
        resolve(&Flags::default(), &[("HXLAB_LISEN", "")], "").expect_err("no such variable"),
        @"the environment: there is no setting “HXLAB_LISEN”; did you mean “HXLAB_LISTEN”?"
    );
    insta::assert_snapshot!(
        from_toml("\nconnections = \"none\"").expect_err("no number"),
        @"hxlab.toml:2: “none” is not a number; write a number between 1 and 1000000"
    );
    insta::assert_snapshot!(
        from_toml("site_url = \"https://learn.example.org\"").expect_err("another spelling"),
        @"hxlab.toml:1: there is no setting “site_url”; did you mean “site-url”?"
    );
    insta::assert_snapshot!(
        from_toml("colour = 1").expect_err("no such setting"),
        @"hxlab.toml:1: there is no setting “colour”; the settings are listen, site-url, sandbox-domain, preview-ports, hsts, forget-after, report-to, data, lessons, connections, connections-per-address, trusted-proxy, metrics, budget, runs, runs-per-learner, runs-per-address, bytes-per-address, kept-per-learner, kept-per-address, sleep-after, unsafe-without, rehearsal"
    );
    insta::assert_snapshot!(
        from_toml("listen = [1]").expect_err("an array"),
        @"hxlab.toml:1: “listen = array” is not a text or a number; write one value between quotation marks"
    );
    insta::assert_snapshot!(
        from_toml("sleep-after = \"15m\"").expect_err("a unit"),
        @"hxlab.toml:1: “15m” is not a number of seconds; write a number between 1 and 100000000, without a unit"
    );
    insta::assert_snapshot!(
        from_toml("connections = 0").expect_err("none at all"),
        @"hxlab.toml:1: “0” is not a number; write a number between 1 and 1000000"
    );
    let syntax = from_toml("data = \"x\"\nlisten = 127.0.0.1").expect_err("not TOML");
    assert!(
        syntax.starts_with("hxlab.toml:2: this is not TOML: "),
        "{syntax}"
    );
    let flags = Flags::from(ListenFlags {
        config: Some("class.toml".into()),
        ..ListenFlags::default()
    });
    let missing = resolve(&flags, &[], "").expect_err("no such file");
    assert!(
        missing.starts_with("cannot read the settings in class.toml: "),
        "{missing}"
    );
}

#[test]
fn limits_are_a_table_a_list_and_flags() {
    let toml = "[limits]\nmemory = \"64MiB\"\nturn = \"500ms\"\nsockets = 7\n";
    let settings = from_toml(toml).expect("from the file");
    let of = |settings: &Settings| {
        let Limits {
            memory,
            turn,
            sockets,
            ..
        } = settings.limits;
        (memory >> 20, turn.as_millis(), sockets)
    };
    assert_eq!(of(&settings), (64, 500, 7));
    let variables = [("HXLAB_LIMITS", "turn=2s, sockets=8")];
    let settings = resolve(&Flags::default(), &variables, toml).expect("from the environment");
    assert_eq!(of(&settings), (64, 2000, 8));
    let flags = Flags::from(ListenFlags {
        limit: vec!["sockets=9".into()],
        ..ListenFlags::default()
    });
    let settings = resolve(&flags, &variables, toml).expect("from the flag");
    assert_eq!(of(&settings), (64, 2000, 9));
    assert_eq!(from_toml("").expect("nothing").limits, Limits::default());

    insta::assert_snapshot!(
        from_toml("[limits]\n\nmemry = 1").expect_err("no such limit"),
        @"hxlab.toml:3: there is no setting “memry”; did you mean “memory”?"
    );
    insta::assert_snapshot!(
        from_toml("[limits]\nturn = 1").expect_err("no unit"),
        @"hxlab.toml:2: “1” is not a time for this limit; write a time from 50ms to 60s, such as 500ms or 2s"
    );
    insta::assert_snapshot!(
        resolve(&Flags::default(), &[("HXLAB_LIMITS", "memory=1GB")], "").expect_err("no such unit"),
        @"HXLAB_LIMITS: “1GB” is not a size for this limit; write a size from 2MiB to 1GiB, such as 64MiB"
    );
    let flags = Flags::from(ListenFlags {
        limit: vec!["memory".into()],
        ..ListenFlags::default()
    });
    insta::assert_snapshot!(
        resolve(&flags, &[], "").expect_err("no value"),
        @"--limit: “memory” is not a limit and its value; write both with = between them, such as memory=64MiB"
    );
}

#[test]
fn layers_to_go_without_are_named() {
    let settings = from_toml("unsafe-without = \"landlock, seccomp\"").expect("two layers");
    assert_eq!(layer::list(&settings.unsafe_without), "landlock, seccomp");
    let flags = Flags::from(ListenFlags {
        unsafe_without: vec!["rlimits".into(), "landlock".into()],
        ..ListenFlags::default()
    });
    let settings = resolve(&flags, &[], "").expect("two flags");
    assert_eq!(layer::list(&settings.unsafe_without), "rlimits, landlock");
    assert!(from_toml("").expect("nothing").unsafe_without.is_empty());
    insta::assert_snapshot!(
        from_toml("unsafe-without = \"everything\"").expect_err("no layer"),
        @"hxlab.toml:1: “everything” names a layer of the jail that there is not; write names that hxlab doctor lists, such as landlock, with commas between them"
    );
}

#[test]
fn the_rehearsal_can_be_switched_off() {
    assert!(from_toml("").expect("nothing").rehearsal);
    assert!(!from_toml("rehearsal = \"off\"").expect("off").rehearsal);
    let off = ("HXLAB_REHEARSAL", "off");
    let settings = resolve(&Flags::default(), &[off], "").expect("off");
    assert!(!settings.rehearsal);
    let flags = Flags::from(ListenFlags {
        rehearsal: Some("on".into()),
        ..ListenFlags::default()
    });
    let settings = resolve(&flags, &[off], "").expect("the flag counts");
    assert!(settings.rehearsal);
    insta::assert_snapshot!(
        from_toml("rehearsal = \"no\"").expect_err("no switch"),
        @"hxlab.toml:1: “no” is neither on nor off; write on or off"
    );
}

#[test]
fn a_site_url_is_a_scheme_a_host_and_a_port() {
    for url in [
        "https://learn.example.org",
        "http://class.local:8080/",
        "http://localhost",
    ] {
        assert!(
            resolve(&Flags::default(), &[("HXLAB_SITE_URL", url)], "").is_ok(),
            "{url}"
        );
    }
    for url in [
        "ftp://a.example",
        "https://a.example/course",
        "https://a.example/?x",
        "https://me@a.example",
        "https://a.example.",
        "http://",
        "mailto:a@b.example",
    ] {
        assert!(
            resolve(&Flags::default(), &[("HXLAB_SITE_URL", url)], "").is_err(),
            "{url}"
        );
    }
}

#[test]
fn an_address_without_a_name_has_no_place_for_sandboxes() {
    let site = ("HXLAB_SITE_URL", "http://192.168.1.5:3000");
    insta::assert_snapshot!(
        resolve(&Flags::default(), &[site], "").expect_err("no place for sandboxes"),
        @"HXLAB_SITE_URL: “http://192.168.1.5:3000/” has an address and no name, so sandboxes cannot have names below it; write a name that leads to this machine, as all names below it do, or give sandboxes ports with --preview-ports 4000-4999"
    );
}

#[test]
fn with_ports_an_address_is_enough_and_must_be_known() {
    let site = ("HXLAB_SITE_URL", "http://192.168.1.5:3000");
    let ports = ("HXLAB_PREVIEW_PORTS", "4000-4999");
    let settings = resolve(&Flags::default(), &[site, ports], "").expect("an address and ports");
    assert_eq!(settings.preview_ports, Some(4000..=4999));
    assert_eq!(settings.site_url(3000).as_str(), "http://192.168.1.5:3000/");
    let alone = resolve(&Flags::default(), &[ports], "").expect("this machine");
    assert_eq!(alone.site_url(3000).as_str(), "http://127.0.0.1:3000/");
    let refused = |variables: &[(&str, &str)]| {
        resolve(&Flags::default(), variables, "").expect_err("it does not hold")
    };
    insta::assert_snapshot!(
        refused(&[ports, ("HXLAB_LISTEN", "0.0.0.0:3000")]),
        @"HXLAB_PREVIEW_PORTS: “4000-4999” need the address that people type; write it as well, such as --site-url http://192.168.1.10:3000"
    );
    insta::assert_snapshot!(
        refused(&[ports, ("HXLAB_SITE_URL", "https://learn.example.org")]),
        @"HXLAB_PREVIEW_PORTS: “4000-4999” are ports without https, and the site's address has it; leave them out and give the site a name with all names below it"
    );
    insta::assert_snapshot!(
        refused(&[("HXLAB_PREVIEW_PORTS", "2999-3999")]),
        @"HXLAB_PREVIEW_PORTS: “2999-3999” have the site's own port among them; leave it out, such as 4000-4999 beside port 3000"
    );
    for ports in ["4000", "4000-", "4000-4003", "80-4000", "5000-4000", "a-b"] {
        refused(&[("HXLAB_PREVIEW_PORTS", ports)]);
    }
}

/// `data` is the service's own, and the other two are for whoever reads what they cost.
const NOT_IN_THE_PACKAGE: [&str; 3] = ["data", "unsafe-without", "rehearsal"];

#[test]
fn the_packages_file_offers_each_setting_and_changes_none() {
    let file = include_str!("../embedded/packaging/hxlab.toml");
    from_toml(file).expect("comments alone");
    let is_setting = |line: &&str| line.starts_with('#') && !line.starts_with("# ");
    let offered: Vec<_> = file
        .lines()
        .filter(is_setting)
        .map(|line| &line[1..])
        .collect();
    // Ports are for a site without https.
    let is_ports = |line: &&&str| line.starts_with("preview-ports");
    let ports: String = offered.iter().filter(is_ports).copied().collect();
    let others: Vec<_> = offered
        .iter()
        .filter(|line| !is_ports(line))
        .copied()
        .collect();
    from_toml(&others.join("\n")).expect("each line is one that may be written");
    let room = format!("site-url = \"http://192.168.1.10:3000\"\n{ports}");
    from_toml(&room).expect("ports for a room");
    let is_offered = |name: &str| {
        offered
            .iter()
            .any(|line| line.starts_with(&format!("{name} = ")))
    };
    for name in super::given::NAMES {
        assert_ne!(
            is_offered(name),
            NOT_IN_THE_PACKAGE.contains(&name),
            "{name}"
        );
    }
    assert!(
        file.lines()
            .all(|line| line.is_empty() || line.starts_with('#'))
    );
}

#[test]
fn a_domain_for_sandboxes_is_a_name_of_another_site() {
    let site = ("HXLAB_SITE_URL", "https://learn.example.org");
    let of = |domain, more: &[(&str, &str)]| {
        let variables = [&[site, ("HXLAB_SANDBOX_DOMAIN", domain)], more].concat();
        resolve(&Flags::default(), &variables, "")
    };
    let settings = of("Sandboxes.Example.net", &[]).expect("another site");
    assert_eq!(
        settings.sandbox_domain.as_deref(),
        Some("sandboxes.example.net")
    );
    let local = [("HXLAB_SANDBOX_DOMAIN", "boxes.localhost")];
    resolve(&Flags::default(), &local, "").expect("this machine is trusted");
    let refused = |domain, more: &[_]| of(domain, more).expect_err("it does not hold");
    insta::assert_snapshot!(
        refused("https://sandboxes.example.net", &[]),
        @"HXLAB_SANDBOX_DOMAIN: “https://sandboxes.example.net” has more than a name; its scheme and port are the site's; write a name alone, such as sandboxes.example.net"
    );
    insta::assert_snapshot!(
        refused("10.0.0.1", &[]),
        @"HXLAB_SANDBOX_DOMAIN: “10.0.0.1” is an address, which has no names below it; write a name alone, such as sandboxes.example.net"
    );
    insta::assert_snapshot!(
        refused("sandboxes.example.org", &[]),
        @"HXLAB_SANDBOX_DOMAIN: “sandboxes.example.org” is of the same site as the site's own name, so pages there could set its cookies; write a name of another domain, such as sandboxes.example.net beside learn.example.org, or leave it out"
    );
    insta::assert_snapshot!(
        refused("example.net", &[("HXLAB_PREVIEW_PORTS", "4000-4999")]),
        @"HXLAB_SANDBOX_DOMAIN: “example.net” has names for sandboxes, and --preview-ports gives them ports; leave one of the two out"
    );
    let plain = [
        ("HXLAB_SITE_URL", "http://lab.example"),
        ("HXLAB_SANDBOX_DOMAIN", "example.net"),
    ];
    insta::assert_snapshot!(
        resolve(&Flags::default(), &plain, "").expect_err("no https"),
        @"HXLAB_SANDBOX_DOMAIN: “example.net” needs https: without it, browsers keep no cookies of a frame of another site; write the site's address with https, or leave it out"
    );
    for domain in [
        "example.net:443",
        "example.net/x",
        "*.example.net",
        "a b",
        "",
        "example.net.",
        "[::1]",
    ] {
        refused(domain, &[]);
    }
}

#[test]
fn a_site_at_port_0_is_at_the_port_that_is_listened_on() {
    let site = ("HXLAB_SITE_URL", "http://lab.example:0");
    let settings = resolve(&Flags::default(), &[site], "").expect("a name");
    assert_eq!(settings.site_url(3456).as_str(), "http://lab.example:3456/");
}
