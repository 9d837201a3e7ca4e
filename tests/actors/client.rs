//! An HTTP client that resolves every `*.localhost` to this machine and keeps its cookies, and the two
//! kinds of line that it can open.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::cookie::{CookieStore, Jar};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Method, RequestBuilder, Response, Url};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Request};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// Nothing that a test waits for takes longer, on a machine that is ten times slower as well. It only ends a
/// test that has failed; how long something may take is measured by the figures.
pub const PATIENCE: Duration = Duration::from_mins(3);

struct Loopback;

impl Resolve for Loopback {
    fn resolve(&self, _: Name) -> Resolving {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Box::pin(async move { Ok(Box::new(std::iter::once(here)) as Addrs) })
    }
}

/// One browser.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    jar: Arc<Jar>,
    port: u16,
    host: String,
}

impl Client {
    pub fn of(port: u16) -> Self {
        let jar = Arc::new(Jar::default());
        let http = reqwest::Client::builder()
            .dns_resolver(Arc::new(Loopback))
            .cookie_provider(jar.clone())
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .expect("a client without TLS");
        Self {
            http,
            jar,
            port,
            host: "localhost".to_owned(),
        }
    }

    /// The same browser at another host of the program.
    pub fn at(&self, host: &str) -> Self {
        Self {
            host: host.to_owned(),
            ..self.clone()
        }
    }

    /// The same browser after the program came back on another port.
    pub fn on(&self, port: u16) -> Self {
        Self {
            port,
            ..self.clone()
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}:{}{path}", self.host, self.port)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    pub async fn get(&self, path: &str) -> Response {
        let sent = self.request(Method::GET, path).send().await;
        sent.unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// The body of a page that answers 200.
    pub async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "GET {path}");
        response.text().await.expect("a whole body")
    }

    pub async fn socket(&self, path: &str) -> Socket {
        let opened = self.try_socket(path).await;
        opened.unwrap_or_else(|error| panic!("{path} did not open: {error}"))
    }

    pub async fn try_socket(&self, path: &str) -> Result<Socket, Error> {
        let mut request: Request<()> = self
            .url(path)
            .replacen("http", "ws", 1)
            .into_client_request()
            .expect("a plain address");
        let url = Url::parse(&self.url(path)).expect("a plain address");
        if let Some(cookies) = self.jar.cookies(&url) {
            let cookies = HeaderValue::from_bytes(cookies.as_bytes()).expect("it was a header");
            request.headers_mut().insert("cookie", cookies);
        }
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await?;
        let (socket, _) = client_async(request, stream).await?;
        Ok(Socket(socket))
    }

    pub async fn stream(&self, path: &str) -> Stream {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "GET {path}");
        Stream {
            response,
            text: String::new(),
        }
    }
}

/// A WebSocket.
pub struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    pub async fn says(&mut self, text: &str) {
        let sent = self.0.send(Message::text(text)).await;
        sent.expect("the socket is open");
    }

    pub async fn sends(&mut self, message: Message) {
        let _ = self.0.send(message).await;
    }

    /// The next text.
    pub async fn hears(&mut self) -> String {
        match self.next().await {
            Some(Message::Text(text)) => text.to_string(),
            other => panic!("no text but {other:?}"),
        }
    }

    /// The next text, or the code by which the socket is closed, as [`Socket::is_closed`] has it.
    pub async fn hears_or_is_closed(&mut self) -> Result<String, u16> {
        match self.next().await {
            Some(Message::Text(text)) => Ok(text.to_string()),
            Some(Message::Close(Some(frame))) => Err(frame.code.into()),
            Some(other) => panic!("no text but {other:?}"),
            None => Err(1006),
        }
    }

    /// The next bytes.
    pub async fn hears_bytes(&mut self) -> Vec<u8> {
        match self.next().await {
            Some(Message::Binary(bytes)) => bytes.into(),
            other => panic!("no bytes but {other:?}"),
        }
    }

    /// Waits for a ping, which is answered by itself.
    pub async fn hears_ping(&mut self) {
        match self.next().await {
            Some(Message::Ping(_)) => {}
            other => panic!("no ping but {other:?}"),
        }
    }

    /// Reads on to the close frame; its code, or 1006 when there is none.
    pub async fn is_closed(&mut self) -> u16 {
        loop {
            match self.next().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Close(None)) => return 1005,
                Some(_) => {}
                None => return 1006,
            }
        }
    }

    async fn next(&mut self) -> Option<Message> {
        let next = timeout(PATIENCE, self.0.next()).await;
        next.expect("something comes in time")?.ok()
    }
}

/// A stream of server-sent events, as text.
pub struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    /// Reads on until `needle` has come; gives all text up to its end.
    pub async fn until(&mut self, needle: &str) -> String {
        loop {
            if let Some(at) = self.text.find(needle) {
                let rest = self.text.split_off(at + needle.len());
                return std::mem::replace(&mut self.text, rest);
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await;
            match chunk.unwrap_or_else(|_| panic!("no {needle:?} in {:?}", self.text)) {
                Ok(Some(chunk)) => self.text.push_str(&String::from_utf8_lossy(&chunk)),
                ended => panic!("no {needle:?} in {:?} before {ended:?}", self.text),
            }
        }
    }
}

impl Stream {
    /// Reads on to its end.
    pub async fn is_ended(&mut self) {
        while let Ok(Some(_)) = timeout(PATIENCE, self.response.chunk())
            .await
            .expect("it ends in time")
        {}
    }
}

/// Asks again and again until it holds; whether it did.
pub async fn in_time(mut holds: impl AsyncFnMut() -> bool) -> bool {
    let asked = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, asked).await.is_ok()
}
