//! A provider on loopback that speaks the simulator's format, or misbehaves as it is told.

use std::sync::{Arc, Mutex};

use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What it does once it has the whole request.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    /// Answers with this status line's rest, these header lines and this body.
    Answer(&'static str, &'static str, &'static str),
    /// Says nothing and keeps the line.
    Silence,
    /// Closes without a word.
    HangUp,
    /// Breaks off in the middle of the answer's body.
    BreakOff,
}

pub(crate) const ACCEPT: Manner = Manner::Answer("202 Accepted", "", r#"{"id":"r1"}"#);

/// What it was asked to send.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Asked {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) text: String,
    pub(crate) reference: String,
    pub(crate) callback: String,
}

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) url: String,
    manner: Arc<Mutex<Manner>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Provider {
    pub(crate) async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self { url, manner: Arc::new(Mutex::new(manner)), asked: Arc::default() };
        let answering = provider.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answering.clone().answer(stream));
            }
        });
        provider
    }

    pub(crate) fn now(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    async fn answer(self, mut stream: TcpStream) {
        let Some(body) = read_request(&mut stream).await else { return };
        self.asked.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
        let manner = self.manner.lock().unwrap().clone();
        match manner {
            Manner::HangUp => {}
            Manner::Silence => std::future::pending().await,
            Manner::BreakOff => {
                drop(stream.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 99\r\n\r\n{\"id\":").await);
            }
            Manner::Answer(status, headers, body) => {
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
                drop(stream.write_all(answer.as_bytes()).await);
            }
        }
    }
}

/// The body of one request.
async fn read_request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    loop {
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
        let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
        let (_, rest) = head.split_once("content-length:")?;
        let length: usize = rest.lines().next()?.trim().parse().ok()?;
        if read.len() >= end + 4 + length {
            return Some(read[end + 4..].to_vec());
        }
    }
}
