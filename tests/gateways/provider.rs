//! A provider on loopback that answers as it is told, or misbehaves, and remembers what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// What it does once it has the whole request.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    /// Answers with this status line's rest, these header lines and this body.
    Answer(String, String, String),
    /// Says nothing and keeps the line.
    Silence,
    /// Closes without a word.
    HangUp,
    /// Breaks off in the middle of the answer's head.
    BreakOff,
    /// Breaks off in the middle of the answer's body.
    Truncate(String, String),
    /// One byte of the answer a second.
    Drip,
}

/// A whole request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Method and target.
    pub(crate) line: String,
    /// Names in small letters.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

#[derive(Clone)]
pub(crate) struct Provider {
    /// Without a slash at its end.
    pub(crate) url: String,
    manner: Manner,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Provider {
    pub(crate) async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self { url, manner, asked: Arc::default() };
        let answering = provider.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answering.clone().answer(stream));
            }
        });
        provider
    }

    pub(crate) async fn answering(status: &str, headers: &str, body: &str) -> Self {
        Self::start(Manner::Answer(status.to_owned(), headers.to_owned(), body.to_owned())).await
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    async fn answer(self, mut stream: TcpStream) {
        let Some(asked) = read_request(&mut stream).await else { return };
        self.asked.lock().unwrap().push(asked);
        let answer = match self.manner {
            Manner::HangUp => String::new(),
            Manner::Silence => std::future::pending().await,
            Manner::BreakOff => "HTTP/1.1 20".to_owned(),
            Manner::Truncate(status, body) => {
                let half = body.chars().take(body.chars().count() / 2).collect::<String>();
                format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{half}", body.len())
            }
            Manner::Drip => {
                for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n" {
                    if stream.write_all(&[*byte]).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                return;
            }
            Manner::Answer(status, headers, body) => {
                let length = body.len();
                format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
            }
        };
        drop(stream.write_all(answer.as_bytes()).await);
    }
}

/// A port whose queue of connections is full: a connection neither succeeds nor fails.
pub(crate) struct FullQueue {
    pub(crate) url: String,
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl FullQueue {
    pub(crate) async fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        while let Ok(Ok(stream)) = tokio::time::timeout(Duration::from_millis(300), TcpStream::connect(address)).await {
            waiting.push(stream);
        }
        Self { url: format!("http://{address}"), _listener: listener, _waiting: waiting }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Asked> {
    let mut read = Vec::new();
    loop {
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
        let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..end]).into_owned();
        let mut lines = head.lines();
        let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length.map_or(0, |(_, length)| length.parse().unwrap());
        if read.len() >= end + 4 + length {
            let body = String::from_utf8(read[end + 4..end + 4 + length].to_vec()).unwrap();
            return Some(Asked { line, headers, body });
        }
    }
}
