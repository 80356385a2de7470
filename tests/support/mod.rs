//! What the tests stand on: real neighbours (PostgreSQL, Kannel, Chromium), started for a test and ended with it.
//!
//! A test file takes it in by `mod support;`, with `#[expect(dead_code, reason = "…")]` where it uses a part of it.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

pub(crate) mod chromium;
pub(crate) mod kannel;
pub(crate) mod phones;
pub(crate) mod postgres;

use std::fs::File;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A neighbour is asked this often before the test gives up, three minutes in all: CI machines are slow.
const PROBES: usize = 18_000;
const BETWEEN_PROBES: Duration = Duration::from_millis(10);

/// A program of another project that lives as long as this value.
#[derive(Debug)]
pub(crate) struct Daemon {
    child: Child,
}

impl Daemon {
    /// Starts `command` with both its outputs in `log`. It stays in our process group: what interrupts the tests ends it too.
    ///
    /// # Panics
    /// The program is not installed.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let log = File::create(log).unwrap();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        match command.spawn() {
            Ok(child) => Self { child },
            Err(error) if error.kind() == io::ErrorKind::NotFound => panic!("{name} is not installed: run ./test"),
            Err(error) => panic!("cannot start {name}: {error}"),
        }
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // An error says that it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `N` ports of loopback that nobody listens on at this moment.
pub(crate) fn free_ports<const N: usize>() -> [u16; N] {
    // All are held at once, so that no two are the same.
    let held = [(); N].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

/// Asks `probe` again and again until it has something.
///
/// # Panics
/// It has nothing for a minute: `what` was waited for.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut probe: impl FnMut() -> F) -> T {
    for _ in 0..PROBES {
        if let Some(found) = probe().await {
            return found;
        }
        tokio::time::sleep(BETWEEN_PROBES).await;
    }
    panic!("waited in vain for {what}");
}

/// A client for HTTP. It needs TLS to be chosen although loopback does without.
pub(crate) fn http() -> reqwest::Client {
    choose_tls();
    reqwest::Client::new()
}

/// Chooses ring for this process, as the binary does.
fn choose_tls() {
    // An error says that another test was first, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
}
