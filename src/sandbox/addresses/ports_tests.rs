use super::*;

fn tenant(id: &str) -> Tenant {
    Tenant {
        id: id.to_owned(),
        client: None,
    }
}

/// A client of this sandbox.
fn bob(id: &str) -> Tenant {
    Tenant {
        client: Some("bob"),
        ..tenant(id)
    }
}

/// Three ports, of which another program may have one.
fn ports(taken: Option<u16>) -> Ports {
    let open = move |port| {
        if taken == Some(port) {
            Err(io::ErrorKind::AddrInUse.into())
        } else {
            Ok(())
        }
    };
    Ports::new("192.168.1.10".to_owned(), 4000..=4002, Box::new(open))
}

const NOBODY: IsUsed = &|_| false;
const EVERYBODY: IsUsed = &|_| true;

#[test]
fn a_tenant_keeps_its_port_and_others_get_others() {
    let ports = ports(None);
    let a = ports.lease(&tenant("a"), EVERYBODY).unwrap();
    let b = ports.lease(&tenant("b"), EVERYBODY).unwrap();
    let client = Tenant {
        client: Some("alice"),
        ..tenant("a")
    };
    let alice = ports.lease(&client, EVERYBODY).unwrap();
    assert!(a != b && b != alice && a != alice);
    assert_eq!(ports.lease(&tenant("a"), EVERYBODY).unwrap(), a);
    assert_eq!(ports.tenant(alice), Some(client));
    let mut family = ports.family("a");
    family.sort();
    let mut expected = vec![
        format!("http://192.168.1.10:{a}"),
        format!("http://192.168.1.10:{alice}"),
    ];
    expected.sort();
    assert_eq!(family, expected);
}

#[test]
fn a_client_that_is_closed_has_no_port_and_its_sandbox_keeps_its_own() {
    let ports = ports(None);
    let own = ports.lease(&tenant("a"), EVERYBODY).unwrap();
    let client = Tenant {
        client: Some("bob"),
        ..tenant("a")
    };
    let bob = ports.lease_shown(&client, 1, EVERYBODY).unwrap();
    ports.left(&client, 1);
    assert_eq!((ports.tenant(bob), ports.leased()), (None, 1));
    assert_eq!(ports.tenant(own), Some(tenant("a")));
    let others = ["b", "c"].map(|id| ports.lease(&tenant(id), EVERYBODY));
    assert!(others[0].is_ok());
    assert!(others[1].is_err(), "it rests, while its pages may be open");
}

#[test]
fn who_comes_again_gets_the_port_that_rests_for_it() {
    let ports = ports(None);
    ports.lease(&tenant("a"), EVERYBODY).unwrap();
    let client = bob("a");
    let first = ports.lease_shown(&client, 1, EVERYBODY).unwrap();
    for _ in 0..20 {
        ports.left(&client, 1);
        let again = ports.lease_shown(&client, 1, EVERYBODY);
        assert_eq!(again.unwrap(), first);
    }
    assert!(ports.lease(&tenant("b"), EVERYBODY).is_ok(), "none rests");
}

#[test]
fn a_second_client_has_its_port_until_the_last_page_has_left() {
    let ports = ports(None);
    let client = bob("a");
    let port = ports.lease_shown(&client, 1, EVERYBODY).unwrap();
    for page in [2, 2] {
        ports.lease_shown(&client, page, EVERYBODY).unwrap();
    }
    for stays in [2, 3] {
        ports.left(&client, stays);
        assert_eq!(ports.tenant(port), Some(client.clone()), "page 1 shows it");
    }
    ports.left(&client, 1);
    assert_eq!(ports.tenant(port), None);
}

#[test]
fn ports_come_back_from_clients_of_checks_and_not_from_a_second_client() {
    let ports = ports(None);
    ports.lease_shown(&bob("a"), 1, EVERYBODY).unwrap();
    assert!(!ports.some_come_back());
    ports.lease(&bob("trial"), EVERYBODY).unwrap();
    assert!(ports.some_come_back());
}

#[test]
fn when_all_are_taken_the_longest_unused_is_given_on_or_a_sentence_says_so() {
    let ports = ports(None);
    let [a, b, c] = ["a", "b", "c"].map(|id| ports.lease(&tenant(id), EVERYBODY).unwrap());
    let refused = ports.lease(&tenant("d"), EVERYBODY).unwrap_err();
    assert!(refused.to_string().contains("all 3 addresses"), "{refused}");
    ports.tenant(a);
    let only_b = |id: &str| id != "b";
    let only_b: IsUsed = &only_b;
    assert_eq!(ports.lease(&tenant("d"), only_b).unwrap(), b);
    assert_eq!(ports.tenant(b), Some(tenant("d")));
    assert_eq!(
        ports.lease(&tenant("e"), NOBODY).unwrap(),
        c,
        "a was used since"
    );
    ports.release("a");
    assert_eq!(ports.tenant(a), None);
    let f = tenant("f");
    assert!(ports.lease(&f, EVERYBODY).is_err(), "a port rests first");
    let later = Instant::now() + RESTS;
    assert_eq!(ports.lease_at(later, &f, EVERYBODY).unwrap(), a);
}

#[test]
fn a_port_of_another_program_is_left_to_it() {
    let ports = ports(Some(4001));
    let got = ["a", "b"].map(|id| ports.lease(&tenant(id), EVERYBODY).unwrap());
    assert!(!got.contains(&4001));
    let refused = ports.lease(&tenant("c"), EVERYBODY).unwrap_err();
    assert!(refused.to_string().contains("all 2 addresses"), "{refused}");
}

#[test]
fn a_port_whose_pages_are_closed_needs_no_rest() {
    let ports = ports(None);
    for id in ["a", "b", "c"] {
        ports.lease(&tenant(id), EVERYBODY).unwrap();
    }
    let d = tenant("d");
    ports.release("a");
    ports.release("b");
    ports.vacated("x");
    assert!(ports.lease(&d, EVERYBODY).is_err(), "both rest");
    ports.vacated("b");
    assert!(ports.lease(&d, EVERYBODY).is_ok());
    assert!(ports.lease(&tenant("e"), EVERYBODY).is_err(), "one rests");
}

#[test]
fn whoever_needs_several_gets_all_or_none() {
    let ports = ports(None);
    let family = |id: &str, clients: &[&'static str]| {
        let client = |client: &&'static str| Tenant {
            client: Some(client),
            ..tenant(id)
        };
        let clients = clients.iter().map(client);
        std::iter::once(tenant(id))
            .chain(clients)
            .collect::<Vec<_>>()
    };
    ports.lease(&tenant("a"), EVERYBODY).unwrap();
    // The new one is not live yet.
    let only_a = |id: &str| id == "a";
    let only_a: IsUsed = &only_a;
    let large = family("b", &["alice", "bob"]);
    assert!(ports.lease_all(&large, only_a).is_err());
    assert_eq!(ports.family("b"), Vec::<String>::new());
    ports.lease_all(&family("c", &["alice"]), only_a).unwrap();
    assert_eq!(ports.family("c").len(), 2);
}
