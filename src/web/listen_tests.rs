//! Over real sockets.

use std::time::Instant;

use poem::{Route, endpoint, get};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::heads::{LONG_HEADS, SHORT};
use super::*;
use crate::blocks::Blocks;
use crate::budget::{Budget, Refusals};
use crate::web::shutdown::DRAIN;

/// Nothing takes longer on a machine that is ten times slower; it only ends a test that has failed.
pub(super) const PATIENCE: Duration = Duration::from_mins(2);

/// A server with `/` and `/slow`, which answers a moment after the shutdown.
pub(super) struct TestServer {
    pub(super) address: SocketAddr,
    shutdown: Shutdown,
    serving: JoinHandle<()>,
}

impl TestServer {
    pub(super) async fn open(connections: usize, per_address: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shutdown = Shutdown::new();
        let slow = endpoint::make({
            let shutdown = shutdown.clone();
            move |_| {
                let shutdown = shutdown.clone();
                async move {
                    shutdown.requested().await;
                    sleep(Duration::from_millis(100)).await;
                    Ok::<_, poem::Error>("goodbye")
                }
            }
        });
        let hello = endpoint::make_sync(|_| "hello");
        let routes = Route::new().at("/", get(hello)).at("/slow", get(slow));
        let limits = ListenLimits {
            connections,
            per_address,
            bytes_a_day: u64::MAX,
            loopback_counts: true,
            trusted: Vec::new(),
        };
        let caps = Caps::new(
            limits,
            Budget::new(32 << 20, Refusals::default()),
            Blocks::default(),
        );
        let serving = tokio::spawn(serve(listener, Arc::new(routes), shutdown.clone(), caps));
        Self {
            address,
            shutdown,
            serving,
        }
    }

    pub(super) async fn connect(&self) -> RawClient {
        let socket = TcpStream::connect(self.address)
            .await
            .expect("a connection");
        RawClient { socket }
    }

    /// A connection from another address of this machine.
    pub(super) async fn connect_from(&self, address: &str) -> RawClient {
        let socket = TcpSocket::new_v4().expect("a socket");
        let from = SocketAddr::new(address.parse().expect("an address"), 0);
        socket.bind(from).expect("a free port");
        let socket = socket.connect(self.address).await;
        RawClient {
            socket: socket.expect("a connection"),
        }
    }

    /// Ends it; answers how long that took.
    pub(super) async fn close(self) -> Duration {
        let asked = Instant::now();
        self.shutdown.request();
        self.serving.await.expect("no panic");
        asked.elapsed()
    }
}

pub(super) struct RawClient {
    socket: TcpStream,
}

impl RawClient {
    async fn send(&mut self, text: &str) {
        self.socket
            .write_all(text.as_bytes())
            .await
            .expect("a write");
    }

    pub(super) async fn get(&mut self, path: &str) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"))
            .await;
    }

    /// Reads until the text stands at the end, or the connection does.
    pub(super) async fn read_to(&mut self, end: &str) -> String {
        let mut read = Vec::new();
        while !read.ends_with(end.as_bytes()) {
            match timeout(PATIENCE, self.socket.read_buf(&mut read)).await {
                Ok(Ok(1..)) => {}
                Ok(Ok(0) | Err(_)) => break,
                Err(elapsed) => panic!("{elapsed} after {}", String::from_utf8_lossy(&read)),
            }
        }
        String::from_utf8(read).expect("text")
    }

    async fn is_cut(&mut self) -> bool {
        self.read_to("\0").await.is_empty()
    }
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request() {
    let house = TestServer::open(10, 10).await;
    let mut client = house.connect().await;
    for _ in 0..2 {
        client.get("/").await;
        let answer = client.read_to("hello").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
    assert!(
        house.close().await < DRAIN,
        "an idle connection holds nobody up"
    );
    assert!(client.is_cut().await);
}

#[tokio::test]
async fn one_connection_too_many_is_refused_until_another_ends() {
    let house = TestServer::open(10, 2).await;
    let (mut first, mut second) = (house.connect().await, house.connect().await);
    for client in [&mut first, &mut second] {
        client.get("/").await;
        client.read_to("hello").await;
    }
    let mut third = house.connect().await;
    let refused = third.read_to("moment\n").await;
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    let (_, body) = refused.split_once("\r\n\r\n").expect("headers end");
    assert!(
        refused.contains(&format!("Content-Length: {}\r\n", body.len())),
        "{refused}"
    );

    drop(first);
    let entered = async {
        loop {
            let mut fourth = house.connect().await;
            fourth.get("/").await;
            if fourth.read_to("hello").await.starts_with("HTTP/1.1 200 ") {
                break;
            }
        }
    };
    timeout(PATIENCE, entered)
        .await
        .expect("a place is free again");
    house.close().await;
}

#[tokio::test]
async fn a_slow_or_silent_client_is_cut() {
    let house = TestServer::open(10, 10).await;
    let (mut silent, mut slow, mut vague) = (
        house.connect().await,
        house.connect().await,
        house.connect().await,
    );
    slow.send("GET / HTTP/1.1\r\nHost: ").await;
    vague.send("PRI * HT").await;
    let (a, b, c) = tokio::join!(silent.is_cut(), slow.read_to("\0"), vague.is_cut());
    assert!(a && c);
    assert!(!b.contains("200"), "{b}");
    house.close().await;
}

#[tokio::test]
async fn what_was_begun_is_finished_at_the_end() {
    let house = TestServer::open(10, 10).await;
    let (mut slow, mut idle) = (house.connect().await, house.connect().await);
    slow.get("/slow").await;
    idle.get("/").await;
    idle.read_to("hello").await;
    let address = house.address;
    let (took, answer) = tokio::join!(house.close(), slow.read_to("goodbye"));
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    assert!(took < DRAIN, "it was cut off: {took:?}");
    assert!(
        TcpStream::connect(address).await.is_err(),
        "nobody listens any more"
    );
}

#[tokio::test]
async fn headers_have_limits() {
    let house = TestServer::open(10, 10).await;
    let mut many = house.connect().await;
    let headers = "X-A: 1\r\n".repeat(HEADER_COUNT + 1);
    many.send(&format!("GET / HTTP/1.1\r\n{headers}\r\n")).await;
    let refused = many.read_to("\r\n\r\n").await;
    assert!(refused.starts_with("HTTP/1.1 431 "), "{refused}");
    let mut long = house.connect().await;
    let header = "x".repeat(2 * LONG);
    let request = format!("GET / HTTP/1.1\r\nX-A: {header}\r\n\r\n");
    // It may be cut before all of it is sent.
    let _ = long.socket.write_all(request.as_bytes()).await;
    let refused = long.read_to("\r\n\r\n").await;
    // What was not read any more may end the connection before the answer arrives.
    let is_refused = refused.is_empty() || refused.starts_with("HTTP/1.1 431 ");
    assert!(is_refused, "{refused}");
    house.close().await;
}

/// A request whose headers are long, without its end.
fn long_head() -> String {
    format!(
        "GET / HTTP/1.1\r\nHost: a\r\nCookie: a={}\r\n",
        "x".repeat(2 * SHORT)
    )
}

#[tokio::test]
async fn a_head_as_long_as_browsers_send_is_read_and_its_connection_ends() {
    let house = TestServer::open(10, 10).await;
    let mut client = house.connect().await;
    client.get("/").await;
    client.read_to("hello").await;
    let cookies = format!("a={}; ", "x".repeat(4000)).repeat(180);
    client
        .send(&format!(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: {cookies}\r\n\r\n"
        ))
        .await;
    let answer = client.read_to("hello").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    assert!(client.is_cut().await);
    house.close().await;
}

#[tokio::test]
async fn only_so_many_long_heads_take_memory_at_once() {
    let house = TestServer::open(100, 100).await;
    let mut slow = Vec::new();
    for _ in 0..LONG_HEADS {
        let mut client = house.connect().await;
        client.send(&long_head()).await;
        slow.push(client);
    }
    // Long enough for the server to have read them, far less than it waits for their ends.
    sleep(Duration::from_millis(300)).await;
    let mut next = house.connect().await;
    next.send(&format!("{}\r\n", long_head())).await;
    let answer = timeout(Duration::from_millis(300), next.read_to("hello")).await;
    assert!(answer.is_err(), "there is no place left: {answer:?}");
    let mut short = house.connect().await;
    short.get("/").await;
    assert!(short.read_to("hello").await.ends_with("hello"));
    slow.pop();
    assert!(next.read_to("hello").await.ends_with("hello"));
    house.close().await;
}

#[tokio::test]
async fn who_sends_a_long_body_to_nobody_reads_the_answer_on_a_connection_that_lives() {
    const BYTES: usize = 16 << 20;
    let house = TestServer::open(10, 10).await;
    let mut client = house.connect().await;
    client
        .send(&format!(
            "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: {BYTES}\r\n\r\n"
        ))
        .await;
    let piece = "x".repeat(1 << 20);
    for _ in 0..BYTES / piece.len() {
        client.send(&piece).await;
    }
    let answer = client.read_to("not found").await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    client.get("/").await;
    let answer = client.read_to("hello").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    house.close().await;
}
