//! WebSockets through the gateway.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame};

use crate::actors::client::{PATIENCE, in_time};
use crate::actors::learner::Learner;
use crate::actors::program::Program;

const CHAT: &str = r#"
let room;
export default {
  fetch(req, server) {
    room = server;
    if (server.upgrade(req)) return;
    return new Response("plain");
  },
  websocket: {
    open(ws) { ws.subscribe("room"); ws.send("welcome"); },
    message(ws, message) {
      if (message === "to others") return ws.publish("room", "from another");
      if (message instanceof Uint8Array) return ws.send(message.length + " bytes");
      room.publish("room", message);
    },
  },
};
"#;

#[tokio::test]
async fn everybody_hears_what_is_published_and_publish_skips_the_sender() {
    let program = Program::server(CHAT);
    let mut alice = program.client().socket("/chat").await;
    let mut bob = program.client().socket("/chat").await;
    assert_eq!(alice.hears().await, "welcome");
    assert_eq!(bob.hears().await, "welcome");
    alice.says("hello").await;
    assert_eq!(alice.hears().await, "hello");
    assert_eq!(bob.hears().await, "hello");
    alice.says("to others").await;
    assert_eq!(bob.hears().await, "from another");
    alice.says("and on").await;
    assert_eq!(alice.hears().await, "and on");
}

/// What a browser sends to open a WebSocket.
fn handshake(port: u16) -> Vec<u8> {
    format!(
        "GET /chat HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    .into_bytes()
}

/// Sends these bytes over a new connection, and reads on until what was heard ends with `last`.
async fn hears_until(port: u16, sent: &[u8], last: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a connection");
    stream.write_all(sent).await.expect("it is taken");
    let mut heard = Vec::new();
    while !heard.ends_with(last) {
        let read = timeout(PATIENCE, stream.read_buf(&mut heard)).await;
        let so_far = heard.escape_ascii().to_string();
        assert!(matches!(read, Ok(Ok(1..))), "{so_far}");
    }
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn what_is_sent_along_with_the_handshake_arrives() {
    let program = Program::server(CHAT);
    let port = program.client().port();
    let mut sent = handshake(port);
    for length in [3_u16, 12_000, 0] {
        sent.extend([0x82, 0x80 | 0x7e]);
        sent.extend(length.to_be_bytes());
        sent.extend([0; 4]);
        sent.resize(sent.len() + usize::from(length), 0);
    }
    // A text frame of seven bytes is the last one.
    let heard = hears_until(port, &sent, b"\x81\x070 bytes").await;
    for words in ["welcome", "3 bytes", "12000 bytes"] {
        assert!(heard.contains(words), "{heard}");
    }
}

const SLOW: &str = r#"
let opened = 0;
let open = 0;
export default {
  fetch(req, server) {
    if (!req.url.endsWith("/chat")) return new Response(`${open} of ${opened}`);
    const end = Date.now() + 300;
    while (Date.now() < end);
    server.upgrade(req);
  },
  websocket: {
    open() { opened += 1; open += 1; },
    message() {},
    close() { open -= 1; },
  },
};
"#;

#[tokio::test]
async fn a_client_that_goes_away_during_the_handshake_leaves_no_socket_open() {
    let program = Program::server(SLOW);
    let port = program.client().port();
    let mut stream = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a connection");
    stream.write_all(&handshake(port)).await.expect("sent");
    // The server is in its turn, and hears of nothing before that ends.
    sleep(Duration::from_millis(100)).await;
    drop(stream);
    let client = program.client();
    let closed = async {
        while client.page("/").await != "0 of 1" {
            sleep(Duration::from_millis(20)).await;
        }
    };
    let known = timeout(PATIENCE, closed).await;
    known.expect("the server hears that nobody is there");
}

#[tokio::test]
async fn frames_that_break_the_protocol_close_with_1002() {
    let program = Program::server(CHAT);
    let port = program.client().port();
    let long_ping = [&[0x89, 0xfe, 0, 126, 0, 0, 0, 0][..], &[0; 126]].concat();
    let frames: [(&str, &[u8], &str); 8] = [
        ("no mask", b"\x81\x02hi", "Received unmasked frame"),
        ("a long ping", &long_ping, "Received too big control frame"),
        (
            "a ping in fragments",
            b"\x09\x80\0\0\0\0",
            "Received fragmented control frame",
        ),
        (
            "reserved bits",
            b"\xb1\x80\0\0\0\0",
            "Received invalid frame",
        ),
        (
            "a reserved opcode",
            b"\x83\x80\0\0\0\0",
            "Received invalid frame",
        ),
        (
            "the rest of nothing",
            b"\x80\x80\0\0\0\0",
            "Received continuation frame outside a fragmented message",
        ),
        (
            "half a close code",
            b"\x88\x81\0\0\0\0x",
            "Received invalid close payload",
        ),
        (
            "a close code of nobody's",
            b"\x88\x82\0\0\0\0\x03\xee",
            "Received invalid close code",
        ),
    ];
    for (what, frame, reason) in frames {
        let sent = [&handshake(port), frame].concat();
        let length = u8::try_from(2 + reason.len()).expect("a short reason");
        let close = [&[0x88, length, 0x03, 0xea], reason.as_bytes()].concat();
        let heard = hears_until(port, &sent, &close).await;
        assert!(heard.contains("101 Switching"), "{what}: {heard}");
    }
    let mut next = program.client().socket("/chat").await;
    assert_eq!(next.hears().await, "welcome");
}

#[tokio::test]
async fn a_message_over_64_kib_closes_with_1009_whole_or_in_fragments() {
    let program = Program::server(CHAT);
    let mut fits = program.client().socket("/chat").await;
    fits.hears().await;
    fits.sends(Message::binary(vec![0; 64 * 1024])).await;
    assert_eq!(fits.hears().await, "65536 bytes");
    fits.sends(Message::binary(vec![0; 64 * 1024 + 1])).await;
    assert_eq!(fits.is_closed().await, 1009);

    let mut split = program.client().socket("/chat").await;
    let part = |opcode, fin| {
        Message::Frame(Frame::message(
            vec![0; 40 * 1024],
            OpCode::Data(opcode),
            fin,
        ))
    };
    split.sends(part(Data::Binary, false)).await;
    split.sends(part(Data::Continue, true)).await;
    assert_eq!(split.is_closed().await, 1009);
}

#[tokio::test]
async fn pongs_to_pings_that_keep_a_connection_are_not_told() {
    let program = Program::server(
        r#"export default {
          fetch: (req, server) => server.upgrade(req) ? undefined : new Response("plain"),
          websocket: {
            idleTimeout: 2,
            message(ws, message) { ws.send("message " + message); },
            pong(ws, data) { ws.send("pong " + data); },
          },
        };"#,
    );
    let mut client = program.client().socket("/").await;
    // Which this client answers, as browsers do.
    client.hears_ping().await;
    client.sends(Message::Pong("mine".into())).await;
    client.says("hello").await;
    assert_eq!(client.hears().await, "pong mine");
    assert_eq!(client.hears().await, "message hello");
}

#[tokio::test]
async fn close_codes_cross_both_ways() {
    let program = Program::server(
        r#"
let last = "none";
export default {
  fetch(req, server) { if (!server.upgrade(req)) return new Response(last); },
  websocket: {
    message(ws, text) { ws.close(4001, text); },
    close(ws, code, reason) { last = code + " " + reason; },
  },
};"#,
    );
    let client = program.client();
    let mut by_server = client.socket("/").await;
    by_server.says("bye").await;
    assert_eq!(by_server.is_closed().await, 4001);

    let mut by_client = client.socket("/").await;
    let frame = CloseFrame {
        code: 4242.into(),
        reason: "done".into(),
    };
    by_client.sends(Message::Close(Some(frame))).await;
    assert_eq!(by_client.is_closed().await, 4242);
    let heard = in_time(async || client.page("/").await == "4242 done").await;
    assert!(heard, "the server heard {:?}", client.page("/").await);
}

#[tokio::test]
async fn run_again_sends_the_clients_back_with_1012() {
    let program = Program::site();
    let mut learner = Learner::arrives(&program).await;
    learner.runs_server(CHAT).await;
    let mut socket = learner.sandbox.socket("/chat").await;
    assert_eq!(socket.hears().await, "welcome");
    learner
        .runs_server(&CHAT.replace("welcome", "welcome back"))
        .await;
    assert_eq!(socket.is_closed().await, 1012);
    let mut again = learner.sandbox.socket("/chat").await;
    assert_eq!(again.hears().await, "welcome back");
}

#[tokio::test]
async fn the_end_of_the_program_is_told_with_1012_so_that_clients_come_back() {
    let program = Program::server(CHAT);
    let client = program.client();
    let mut socket = client.socket("/chat").await;
    socket.hears().await;
    let ended = tokio::task::spawn_blocking(move || program.terminate());
    assert_eq!(socket.is_closed().await, 1012);
    let (code, _) = ended.await.expect("it ends");
    assert_eq!(code, Some(0));
}

/// As Ctrl-C in a terminal goes to every process of the group: which of them ends the others is no race.
#[tokio::test]
async fn signals_to_the_whole_group_end_a_server_with_its_program_only() {
    let program = Program::server(CHAT);
    let mut socket = program.client().socket("/chat").await;
    socket.hears().await;
    for signal in ["INT", "TERM", "HUP"] {
        program.signals_its_processes(signal);
    }
    socket.says("still here").await;
    assert_eq!(socket.hears().await, "still here");
    let ended = tokio::task::spawn_blocking(move || program.terminate());
    assert_eq!(socket.is_closed().await, 1012);
    assert_eq!(ended.await.expect("it ends").0, Some(0));
}
