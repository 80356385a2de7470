//! A real Chromium in the shape of a phone, driven by Debian's chromedriver.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Command;

use serde_json::json;
use thirtyfour::{ChromiumLikeCapabilities as _, DesiredCapabilities, WebDriver};

use super::{Daemon, eventually, free_ports, http};

const FLAGS: [&str; 8] = [
    "--headless=new",
    // Chromium's sandbox refuses root, which CI often is; nothing but our own pages is opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A phone of 360 × 740 points with a touch screen, switched off when this value is dropped.
#[derive(Debug)]
pub(crate) struct Phone {
    driver: WebDriver,
    chromedriver: Chromedriver,
}

#[derive(Debug)]
struct Chromedriver {
    port: u16,
    folder: tempfile::TempDir,
    _daemon: Daemon,
}

impl Phone {
    /// Switches one on.
    ///
    /// # Panics
    /// Chromium or chromedriver is not installed or does not start.
    pub(crate) async fn start() -> Self {
        let chromedriver = Chromedriver::start();
        let url = format!("http://127.0.0.1:{}", chromedriver.port);
        let capabilities = capabilities(chromedriver.folder.path());
        let status = format!("{url}/status");
        eventually("chromedriver", || async { http().get(&status).send().await.ok() }).await;
        Self { driver: WebDriver::new(&url, capabilities).await.unwrap(), chromedriver }
    }

    /// The browser: open pages, find and tap elements.
    pub(crate) fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Saves what the screen shows as `target/screens/{name}.png`, for people to look at.
    ///
    /// # Panics
    /// There is no picture or the folder cannot be written.
    pub(crate) async fn screenshot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screens");
        std::fs::create_dir_all(&folder).unwrap();
        self.driver.screenshot(&folder.join(name).with_extension("png")).await.unwrap();
    }

    /// Whether something reaches beyond the right edge, so that the page must be pushed sideways to be read.
    ///
    /// # Panics
    /// No page is open.
    pub(crate) async fn overflows(&self) -> bool {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        self.driver.execute(script, Vec::new()).await.unwrap().convert().unwrap()
    }
}

impl Chromedriver {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [port] = free_ports();
        let mut command = Command::new("chromedriver");
        let daemon = Daemon::start(command.arg(format!("--port={port}")), &folder.path().join("chromedriver"));
        Self { port, folder, _daemon: daemon }
    }

    /// Asks it to close every browser, and waits for its answer.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(std::time::Duration::from_secs(10)))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Phone {
    /// Killing chromedriver alone would leave the browser behind.
    #[expect(clippy::print_stderr, reason = "a test that ends has no other way to tell")]
    fn drop(&mut self) {
        // The driver would end its session by itself, and then wait for a chromedriver that is gone.
        drop(self.driver.clone().leak());
        if let Err(error) = self.chromedriver.shut_down() {
            eprintln!("chromedriver did not close its browser: {error}");
        }
    }
}

/// A profile of its own in `folder`, so that tests do not share cookies.
fn capabilities(folder: &Path) -> thirtyfour::ChromeCapabilities {
    let mut chrome = DesiredCapabilities::chrome();
    for flag in FLAGS {
        chrome.add_arg(flag).unwrap();
    }
    chrome.add_arg(&format!("--user-data-dir={}", folder.join("profile").display())).unwrap();
    let screen = json!({ "width": 360, "height": 740, "pixelRatio": 2.0, "touch": true, "mobile": true });
    chrome.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": screen })).unwrap();
    chrome
}
