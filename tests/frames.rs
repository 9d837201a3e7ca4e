//! Long messages to WebSocket clients: whole, in order, and at nobody else's cost.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::actors::client::{Client, PATIENCE, in_time};
use crate::actors::learner::Learner;
use crate::actors::program::Program;

const MIB: usize = 1024 * 1024;

/// Answers “KIND BYTES TIMES” by so many messages, and then by what the calls gave.
const SENDER: &str = r#"
let room;
const pattern = (length) => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < Math.min(251, length); at += 1) bytes[at] = at;
  for (let at = 251; at < length; at *= 2) bytes.copyWithin(at, 0, at);
  return bytes;
};
let asleep = [];
export default {
  fetch(req, server) {
    room = server;
    if (server.upgrade(req)) return;
    return Response.json(asleep);
  },
  websocket: {
    open(ws) { ws.subscribe("room"); },
    message(ws, message) {
      const [kind, length, times] = message.split(" ");
      if (kind === "say") return void room.publish("room", length);
      const answers = [];
      const content = kind === "text" ? "aé€🫐".repeat(length / 10) : pattern(Number(length));
      for (let index = 0; index < Number(times); index += 1) {
        answers.push(kind === "publish" ? room.publish("room", content) : ws.send(content));
      }
      asleep = answers;
      ws.send("answers " + answers);
    },
  },
};
"#;

fn pattern(length: usize) -> Vec<u8> {
    let block: Vec<u8> = (0..251).collect();
    block.iter().copied().cycle().take(length).collect()
}

/// A client that has said something and reads nothing, over a line that takes little.
async fn deaf(client: &Client, says: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(64 * 1024).expect("a size");
    let address = (Ipv4Addr::LOCALHOST, client.port()).into();
    let mut stream = socket.connect(address).await.expect("a connection");
    let host = client.url("").replace("http://", "");
    let asks = format!(
        "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(asks.as_bytes()).await.expect("it is sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101"));
    if !says.is_empty() {
        let length = u8::try_from(says.len()).expect("a short message");
        let frame = [&[0x81, 0x80 | length, 0, 0, 0, 0], says.as_bytes()].concat();
        stream.write_all(&frame).await.expect("it is sent");
    }
    stream
}

/// The next frame: its first byte and its payload.
async fn frame(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let reads = async {
        let first = stream.read_u8().await?;
        let length = match stream.read_u8().await? {
            126 => u64::from(stream.read_u16().await?),
            127 => stream.read_u64().await?,
            short => short.into(),
        };
        let mut payload = vec![0; usize::try_from(length).expect("it fits")];
        stream.read_exact(&mut payload).await?;
        Ok::<_, std::io::Error>((first, payload))
    };
    timeout(PATIENCE, reads)
        .await
        .expect("it comes in time")
        .expect("a whole frame")
}

#[tokio::test]
async fn sixteen_mib_arrive_byte_for_byte_and_in_order() {
    let program = Program::server(SENDER);
    let mut client = program.client().socket("/").await;
    let lengths = [320 * 1024, 320 * 1024 + 1, MIB, 16 * MIB];
    for length in lengths {
        client.says(&format!("bytes {length} 1")).await;
        assert_eq!(client.hears_bytes().await, pattern(length), "{length}");
        let answer = if length > 2 * MIB {
            "-1"
        } else {
            &length.to_string()
        };
        assert_eq!(client.hears().await, format!("answers {answer}"));
    }
    // Characters of one to four bytes lie across the parts in which it comes.
    client.says("text 4000000 1").await;
    assert_eq!(client.hears().await, "aé€🫐".repeat(400_000));
    assert_eq!(client.hears().await, "answers -1");
}

#[tokio::test]
async fn a_client_that_reads_nothing_costs_the_others_nothing() {
    let program = Program::server(SENDER);
    let client = program.client();
    let mut other = client.socket("/").await;
    let mut deaf = deaf(&client, "bytes 4194304 8").await;
    // As Bun: what is sent beyond 16 MiB is dropped, and the rest waits.
    let answered = in_time(async || client.page("/").await.starts_with("[-1,-1,-1,-1,-1,0,")).await;
    assert!(answered, "{}", client.page("/").await);
    other.says("say hello").await;
    assert_eq!(other.hears().await, "hello");
    // It reads on, and has lost only what was dropped.
    for _ in 0..5 {
        assert_eq!(frame(&mut deaf).await, (0x82, pattern(4 * MIB)));
    }
    assert_eq!(frame(&mut deaf).await, (0x81, b"hello".to_vec()));
}

#[tokio::test]
async fn the_client_that_is_furthest_behind_is_cut_off_and_the_console_says_why() {
    let program = Program::site_where(&["--limit", "queued=6MiB"], |_| {});
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SENDER).await;
    let mut feed = learner.watches().await;
    let _deaf = deaf(&learner.sandbox, "").await;
    let mut other = learner.sandbox.socket("/").await;
    for _ in 0..8 {
        other.says(&format!("publish {} 1", 2 * MIB)).await;
        assert_eq!(other.hears_bytes().await.len(), 2 * MIB);
        assert_eq!(other.hears().await, format!("answers {}", 2 * MIB));
    }
    feed.until(
        "A WebSocket client that does not read was turned away, because at most 6 MiB of messages",
    )
    .await;
    other.says(&format!("bytes {} 1", 6 * MIB + 1)).await;
    feed.until("RangeError: at most 6 MiB of messages").await;
}

#[tokio::test]
async fn what_fifty_clients_are_told_is_kept_once() {
    const CLIENTS: usize = 50;
    let program = Program::server(SENDER);
    let client = program.client();
    let mut speaker = client.socket("/").await;
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(deaf(&client, "").await);
    }
    let before = program.peak_memory();
    speaker.says(&format!("publish {} 4", 2 * MIB)).await;
    for _ in 0..4 {
        assert_eq!(speaker.hears_bytes().await, pattern(2 * MIB));
    }
    let grown = program.peak_memory() - before;
    assert!(grown < CLIENTS * 2 * MIB, "it grew by {grown} bytes");
    // All at once: one that takes nothing for 20 s is cut off.
    let read = clients.into_iter().map(|mut client| async move {
        for _ in 0..4 {
            let (_, payload) = frame(&mut client).await;
            assert!(payload == pattern(2 * MIB));
        }
    });
    futures_util::future::join_all(read).await;
}

#[tokio::test]
async fn a_run_that_ends_lets_the_frame_end_and_sends_its_client_back() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    for (code, stops) in [(1012_u16, false), (1011, true)] {
        learner.runs_server(SENDER).await;
        let mut client = deaf(&learner.sandbox, "bytes 16777216 1").await;
        let sandbox = learner.sandbox.clone();
        assert!(in_time(async || sandbox.page("/").await == "[-1]").await);
        if stops {
            let stopped = learner.asks(reqwest::Method::POST, "stop").send().await;
            assert!(stopped.expect("an answer").status().is_success());
        } else {
            learner.runs_server(SENDER).await;
        }
        assert_eq!(frame(&mut client).await, (0x82, pattern(16 * MIB)));
        let (_, mut last) = frame(&mut client).await;
        if last.starts_with(b"answers") {
            last = frame(&mut client).await.1;
        }
        assert_eq!(last[..2], code.to_be_bytes());
    }
}

#[tokio::test]
async fn the_wire_shows_the_length_and_the_beginning() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(SENDER).await;
    let mut feed = learner.watches().await;
    let mut client = learner.sandbox.socket("/").await;
    client.says("text 2000000 1").await;
    let entry = feed.until("\"size\":2000000").await;
    let entry = entry + &feed.until("\n").await;
    assert!(entry.contains("aé€🫐aé€🫐"), "{entry}");
    assert!(entry.contains("\"truncated\":true"), "{entry}");
    assert!(entry.len() < 64 * 1024, "{} bytes", entry.len());
    client.sends(Message::Close(None)).await;
}
