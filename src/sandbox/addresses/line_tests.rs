use std::sync::Arc;

use super::*;

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_mins(1);
const EVERYBODY: IsUsed = &|_| true;

fn ports() -> Arc<Ports> {
    let open = Box::new(|_| Ok(()));
    Arc::new(Ports::new("192.168.1.10".to_owned(), 4000..=4001, open))
}

fn tenants(id: &str, clients: &[&'static str]) -> Vec<Tenant> {
    let own = |client| Tenant {
        id: id.to_owned(),
        client,
    };
    let clients = clients.iter().map(|client| own(Some(*client)));
    std::iter::once(own(None)).chain(clients).collect()
}

/// Is in line when this resolves.
async fn waits(ports: &Arc<Ports>, tenants: Vec<Tenant>) -> tokio::task::JoinHandle<()> {
    let ports = Arc::clone(ports);
    let waiter = tokio::spawn(async move {
        let got = ports.reserve(&tenants, PATIENCE, EVERYBODY).await;
        got.unwrap();
    });
    tokio::task::yield_now().await;
    waiter
}

#[tokio::test]
async fn who_came_first_is_served_first_however_many_ports_they_need() {
    let ports = ports();
    for port in [tenants("a", &["alice"]), tenants("b", &["bob"])] {
        ports.lease_all(&port[1..], EVERYBODY).unwrap();
    }
    let first = waits(&ports, tenants("first", &["alice"])).await;
    let second = waits(&ports, tenants("second", &[])).await;
    ports.release("a");
    ports.vacated("a");
    let late = tenants("late", &[]);
    let passing = ports.reserve(&late, Duration::ZERO, EVERYBODY).await;
    assert!(passing.is_err(), "others wait for the free one");
    assert!(!first.is_finished() && !second.is_finished());
    ports.release("b");
    ports.vacated("b");
    first.await.unwrap();
    assert_eq!(ports.family("first").len(), 2);
    assert!(!second.is_finished());
    ports.release("first");
    ports.vacated("first");
    second.await.unwrap();
}

#[tokio::test]
async fn a_wait_has_an_end_and_says_how_many_there_are() {
    let ports = ports();
    ports
        .lease_all(&tenants("a", &["alice"]), EVERYBODY)
        .unwrap();
    let late = tenants("late", &[]);
    let some = Duration::from_millis(1);
    let none = ports.reserve(&late, some, EVERYBODY).await.unwrap_err();
    assert!(none.to_string().contains("all 2 addresses"), "{none}");
    assert!(
        ports.line.turn.try_lock().is_ok(),
        "nobody is in line any more"
    );
}

#[tokio::test]
async fn a_learners_own_sandbox_goes_before_checks_and_waits_only_where_these_have_ports() {
    let ports = ports();
    ports
        .lease_all(&tenants("check", &["alice"]), EVERYBODY)
        .unwrap();
    let next = waits(&ports, tenants("next", &[])).await;
    let settling = {
        let (ports, own) = (Arc::clone(&ports), tenants("own", &[]));
        tokio::spawn(async move { ports.settle(&own[0], PATIENCE, EVERYBODY).await })
    };
    tokio::task::yield_now().await;
    ports.release("check");
    ports.vacated("check");
    settling.await.unwrap().unwrap();
    next.await.unwrap();
    assert_eq!(ports.family("own").len(), 1);
    let late = tenants("late", &[]);
    let none = ports.settle(&late[0], PATIENCE, EVERYBODY).await;
    assert!(none.is_err(), "nobody gives any back");
}
