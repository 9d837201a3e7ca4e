//! Clients that mean harm, over real sockets: what they hold up is themselves.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::heads::{HTTP2, LONG, LONG_HEADS};
use super::tests::{PATIENCE, TestServer};
use super::{HEADERS, RESETS, STREAMS};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS_FRAME: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload");
    let mut frame = length.to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// `GET path` with the numbers of HPACK's own table.
fn get(path: &str) -> Vec<u8> {
    let mut block = vec![0x82, 0x86, 0x41, 1, b'a', 0x44];
    block.push(u8::try_from(path.len()).expect("a short path"));
    block.extend(path.as_bytes());
    block
}

/// A text as HPACK writes it without Huffman's code.
fn literal(text: &[u8]) -> Vec<u8> {
    let mut written = Vec::new();
    if let Ok(short) = u8::try_from(text.len())
        && short < 0x7f
    {
        written.push(short);
    } else {
        written.push(0x7f);
        let mut rest = text.len() - 0x7f;
        while rest >= 0x80 {
            written.push(u8::try_from(rest % 0x80).expect("seven bits") | 0x80);
            rest /= 0x80;
        }
        written.push(u8::try_from(rest).expect("seven bits"));
    }
    written.extend(text);
    written
}

/// The frames of `GET path` with so many cookies of 4 KiB.
fn get_with_cookies(stream: u32, path: &str, cookies: usize) -> Vec<u8> {
    let mut block = get(path);
    for _ in 0..cookies {
        block.push(0);
        block.extend(literal(b"cookie"));
        block.extend(literal(&[b'c'; 4096]));
    }
    let mut frames = Vec::new();
    let pieces: Vec<_> = block.chunks(16_000).collect();
    for (number, piece) in pieces.iter().enumerate() {
        let (kind, first) = if number == 0 {
            (HEADERS_FRAME, END_STREAM)
        } else {
            (CONTINUATION, 0)
        };
        let last = if number + 1 == pieces.len() {
            END_HEADERS
        } else {
            0
        };
        frames.extend(frame(kind, first | last, stream, piece));
    }
    frames
}

/// An HTTP/2 connection, by its frames.
struct Raw(TcpStream);

impl Raw {
    async fn open(house: &TestServer) -> Self {
        let mut socket = TcpStream::connect(house.address)
            .await
            .expect("a connection");
        socket.write_all(PREFACE).await.expect("a preface");
        socket
            .write_all(&frame(SETTINGS, 0, 0, &[]))
            .await
            .expect("settings");
        Self(socket)
    }

    /// Whether the connection took it.
    async fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// The next frame: its kind, its stream and its payload; none at the end.
    async fn hear(&mut self) -> Option<(u8, u32, Vec<u8>)> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let mut payload = vec![0; length];
        self.0.read_exact(&mut payload).await.ok()?;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        Some((head[3], stream, payload))
    }

    /// What comes next as a body, and on which stream.
    async fn text(&mut self) -> (u32, String) {
        let text = async {
            loop {
                match self.hear().await {
                    Some((DATA, stream, text)) if !text.is_empty() => return (stream, text),
                    Some(_) => {}
                    None => panic!("it ended"),
                }
            }
        };
        let (stream, text) = timeout(PATIENCE, text).await.expect("an answer");
        (stream, String::from_utf8_lossy(&text).into_owned())
    }

    /// Asks so many times for what takes long; the first stream that is refused, and in which words.
    async fn is_refused_of(&mut self, times: u32) -> (u32, String) {
        for number in 0..times {
            let flags = END_STREAM | END_HEADERS;
            let asked = frame(HEADERS_FRAME, flags, 2 * number + 1, &get("/slow"));
            assert!(self.send(&asked).await);
        }
        self.text().await
    }

    /// Reads on until the server says goodbye, or is gone.
    async fn is_sent_away(&mut self) -> bool {
        let ended = async {
            loop {
                match self.hear().await {
                    Some((GOAWAY, ..)) | None => return true,
                    Some(_) => {}
                }
            }
        };
        timeout(PATIENCE, ended).await.unwrap_or(false)
    }
}

/// Somebody else is still served.
async fn answers(house: &TestServer) -> bool {
    let mut client = house.connect().await;
    client.get("/").await;
    client.read_to("hello").await.ends_with("hello")
}

#[tokio::test]
async fn one_who_opens_and_resets_streams_is_sent_away() {
    let house = TestServer::open(10, 10).await;
    let mut raw = Raw::open(&house).await;
    let mut number = 1;
    for _ in 0..RESETS * 50 {
        let mut both = frame(
            HEADERS_FRAME,
            END_STREAM | END_HEADERS,
            number,
            &get("/slow"),
        );
        both.extend(frame(RST_STREAM, 0, number, &8_u32.to_be_bytes()));
        number += 2;
        if !raw.send(&both).await {
            break;
        }
    }
    assert!(raw.is_sent_away().await);
    assert!(answers(&house).await);
    house.close().await;
}

#[tokio::test]
async fn streams_have_as_many_requests_answered_at_once_as_there_may_be_connections() {
    let house = TestServer::open(10, 100).await;
    let mut raw = Raw::open(&house).await;
    let (stream, text) = raw.is_refused_of(11).await;
    assert_eq!(stream, 21);
    assert!(text.contains("as many requests as it can"), "{text}");
    drop(raw);
    house.close().await;
}

#[tokio::test]
async fn streams_of_one_address_leave_places_for_another() {
    let house = TestServer::open(4, 2).await;
    let mut raw = Raw::open(&house).await;
    let (stream, text) = raw.is_refused_of(5).await;
    assert_eq!(stream, 5);
    assert!(text.contains("from your address"), "{text}");
    let mut other = house.connect_from("127.0.0.2").await;
    other.get("/").await;
    let answer = other.read_to("hello").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    drop((raw, other));
    house.close().await;
}

#[tokio::test]
async fn one_connection_too_many_that_speaks_http2_is_ended_however_it_cuts_its_first_bytes() {
    let house = TestServer::open(HTTP2 + 10, HTTP2 + 10).await;
    let mut raw = Vec::new();
    for _ in 0..HTTP2 {
        raw.push(Raw::open(&house).await);
    }
    for one in &mut raw {
        assert!(matches!(one.hear().await, Some((SETTINGS, ..))));
    }
    let mut late = TcpStream::connect(house.address)
        .await
        .expect("a connection");
    late.set_nodelay(true).expect("an option");
    late.write_all(&PREFACE[..1]).await.expect("a byte");
    // HTTP/1 has its places.
    assert!(answers(&house).await);
    late.write_all(&PREFACE[1..]).await.expect("the others");
    let ended = timeout(PATIENCE, late.read(&mut [0; 9])).await;
    assert!(matches!(ended, Ok(Ok(0) | Err(_))), "{ended:?}");
    raw.pop();
    let back = async {
        loop {
            if let Some((SETTINGS, ..)) = Raw::open(&house).await.hear().await {
                break;
            }
        }
    };
    timeout(PATIENCE, back).await.expect("a place that is left");
    drop(raw);
    house.close().await;
}

#[tokio::test]
async fn one_stream_too_many_is_refused() {
    let house = TestServer::open(200, 200).await;
    let mut raw = Raw::open(&house).await;
    for number in 0..=STREAMS {
        let asked = frame(
            HEADERS_FRAME,
            END_STREAM | END_HEADERS,
            2 * number + 1,
            &get("/slow"),
        );
        assert!(raw.send(&asked).await);
    }
    let refused = async {
        loop {
            match raw.hear().await {
                Some((RST_STREAM, stream, reason)) => return (stream, reason),
                Some(_) => {}
                None => panic!("it ended"),
            }
        }
    };
    let (stream, reason) = timeout(PATIENCE, refused).await.expect("an answer");
    // REFUSED_STREAM
    assert_eq!((stream, reason), (2 * STREAMS + 1, vec![0, 0, 0, 7]));
    drop(raw);
    house.close().await;
}

#[tokio::test]
async fn headers_that_go_on_and_on_are_refused() {
    let house = TestServer::open(10, 10).await;
    let mut raw = Raw::open(&house).await;
    let mut taken = raw
        .send(&frame(HEADERS_FRAME, END_STREAM, 1, &get("/")))
        .await;
    // A header without an index, `x: xxxx…`, again and again.
    let mut block = vec![0, 1, b'x', 0x7f, 0x81, 0x1f];
    block.extend([b'x'; 4096]);
    let more = frame(CONTINUATION, 0, 1, &block);
    let mut sent = 0;
    while taken && sent < 4 * LONG {
        taken = raw.send(&more).await;
        sent += more.len();
    }
    let last = frame(CONTINUATION, END_HEADERS, 1, &[]);
    let _ = raw.send(&last).await;
    let refused = async {
        loop {
            match raw.hear().await {
                None | Some((GOAWAY | RST_STREAM, ..)) => return true,
                // 431, whose number stands in the block as it is.
                Some((HEADERS_FRAME, _, block)) => {
                    return block.windows(3).any(|it| it == b"431") || block[0] != 0x88;
                }
                Some(_) => {}
            }
        }
    };
    assert!(timeout(PATIENCE, refused).await.expect("an answer"));
    assert!(answers(&house).await);
    house.close().await;
}

#[tokio::test]
async fn a_head_as_long_as_browsers_send_is_read_and_only_so_many_at_once() {
    let house = TestServer::open(200, 200).await;
    let mut raw = Raw::open(&house).await;
    assert!(raw.send(&get_with_cookies(1, "/", 180)).await);
    assert_eq!(raw.text().await, (1, "hello".to_owned()));
    let mut stream = 1;
    for _ in 0..=LONG_HEADS {
        stream += 2;
        assert!(raw.send(&get_with_cookies(stream, "/slow", 20)).await);
    }
    let (refused, words) = raw.text().await;
    assert_eq!(refused, stream, "the one too many");
    assert!(words.contains("as many requests as it can"), "{words}");
    // A short head needs no place.
    let asked = frame(
        HEADERS_FRAME,
        END_STREAM | END_HEADERS,
        stream + 2,
        &get("/"),
    );
    assert!(raw.send(&asked).await);
    assert_eq!(raw.text().await, (stream + 2, "hello".to_owned()));
    drop(raw);
    house.close().await;
}

#[tokio::test]
async fn a_flood_of_pings_that_reads_no_answer_stops_itself() {
    let house = TestServer::open(10, 10).await;
    let mut raw = Raw::open(&house).await;
    let many = frame(PING, 0, 0, &[0; 8]).repeat(4096);
    let flood = async {
        for _ in 0..4096 {
            if !raw.send(&many).await {
                return "cut";
            }
        }
        "taken"
    };
    // It is cut, or nothing more is taken because the answers are not: 256 MiB never pass.
    let taken = timeout(Duration::from_secs(3), flood).await;
    assert_ne!(taken, Ok("taken"));
    assert!(answers(&house).await);
    drop(raw);
    house.close().await;
}

#[tokio::test]
async fn a_hundred_slow_clients_are_cut_and_others_are_served_meanwhile() {
    let house = TestServer::open(200, 200).await;
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut client = TcpStream::connect(house.address)
            .await
            .expect("a connection");
        client
            .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n")
            .await
            .expect("a beginning");
        slow.push(client);
    }
    assert!(answers(&house).await);
    // A byte now and then does not buy time: the headers must come as a whole.
    let drip = async {
        while !slow.is_empty() {
            sleep(Duration::from_millis(500)).await;
            let mut left = Vec::new();
            for mut client in slow.drain(..) {
                let mut byte = [0; 512];
                let cut = timeout(Duration::from_millis(1), client.read(&mut byte))
                    .await
                    .is_ok();
                if !cut && client.write_all(b"X").await.is_ok() {
                    left.push(client);
                }
            }
            slow = left;
        }
    };
    timeout(HEADERS + PATIENCE, drip)
        .await
        .expect("all are cut");
    assert!(answers(&house).await);
    house.close().await;
}
