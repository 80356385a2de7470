//! A real Kannel on loopback: bearerbox and smsbox between us and the fake SMS centres that come with it.
//!
//! `phones` takes every message and reports types 8 and 1; a number that begins with [`UNROUTABLE`] is refused by
//! bearerbox (HTTP 403 and a report of type 16). `inbound` is where phones send from: Kannel's fake centre speaks to one
//! client at a time and cannot speak on demand, so it gets a line of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::phones::{self, Sms};
use super::{BETWEEN_PROBES, Daemon, PROBES, eventually, free_ports, http};

/// The `sendsms-user`.
pub(crate) const USERNAME: &str = "medvirk";
/// Its password.
pub(crate) const PASSWORD: &str = "sendsms-password";
/// No centre takes numbers that begin like this.
pub(crate) const UNROUTABLE: &str = "+4799000";

const ADMIN_PASSWORD: &str = "admin-password";

/// Three running programs, ended when this value is dropped.
#[derive(Debug)]
pub(crate) struct Kannel {
    ports: Ports,
    folder: tempfile::TempDir,
    _daemons: [Daemon; 3],
}

#[derive(Clone, Copy, Debug)]
struct Ports {
    admin: u16,
    boxes: u16,
    phones: u16,
    inbound: u16,
    sendsms: u16,
}

impl Kannel {
    /// Starts one. A message from a phone becomes `GET {inbound}?from=…&to=…&text=…` (UTF-8), as the
    /// `sms-service` of an installation would have it.
    ///
    /// # Panics
    /// Kannel is not installed or does not start.
    pub(crate) async fn start(inbound: &str) -> Self {
        // Between finding a free port and listening on it somebody else may take it: then once more with others.
        for _ in 0..2 {
            if let Ok(kannel) = Self::try_start(inbound).await {
                return kannel;
            }
        }
        Self::try_start(inbound).await.unwrap_or_else(|log| panic!("Kannel does not start:\n{log}"))
    }

    async fn try_start(inbound: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let ports = Ports::free();
        let file = folder.path().join("kannel.conf");
        fs::write(&file, configuration(ports, inbound)).unwrap();
        let start = |program: &str| {
            let mut command = Command::new(format!("/usr/sbin/{program}"));
            Daemon::start(command.args(["-v", "1"]).arg(&file), &folder.path().join(program))
        };
        let mut bearerbox = start("bearerbox");
        wait_for_status(&mut bearerbox, ports, "Status: running", folder.path()).await?;
        let smsbox = start("smsbox");
        let phones = fakesmsc(ports.phones, 0, "nobody nobody text nothing", &folder.path().join("phones"));
        wait_for_status(&mut bearerbox, ports, &format!("FAKE:{} (online", ports.phones), folder.path()).await?;
        wait_for_status(&mut bearerbox, ports, "(on-line", folder.path()).await?;
        let kannel = Self { ports, folder, _daemons: [smsbox, phones, bearerbox] };
        eventually("sendsms", || async { http().get(kannel.sendsms()).send().await.ok() }).await;
        Ok(kannel)
    }

    /// The address of sendsms, without a query.
    pub(crate) fn sendsms(&self) -> String {
        format!("http://127.0.0.1:{}/cgi-bin/sendsms", self.ports.sendsms)
    }

    /// Waits until the phones have got at least `count` whole messages and gives all of them, in order.
    ///
    /// # Panics
    /// They do not come within a minute.
    pub(crate) async fn received(&self, count: usize) -> Vec<Sms> {
        let log = self.folder.path().join("phones");
        let read = || async { Some(phones::read(&fs::read_to_string(&log).unwrap())).filter(|got| got.len() >= count) };
        eventually("messages at the phones", read).await
    }

    /// Lets the phone `from` send `text` to `to`; bearerbox has it when this returns.
    ///
    /// # Panics
    /// Bearerbox does not take it within a minute.
    pub(crate) async fn phone_sends(&self, from: &str, to: &str, text: &str) {
        let before = self.taken_from_phones().await;
        let log = self.folder.path().join("inbound");
        let _phone = fakesmsc(self.ports.inbound, 1, &format!("{from} {to} text {text}"), &log);
        let taken = || async { (self.taken_from_phones().await > before).then_some(()) };
        eventually("bearerbox to take the message", taken).await;
    }

    /// How many messages bearerbox has taken from phones so far.
    async fn taken_from_phones(&self) -> u64 {
        let status = status(self.ports).await.unwrap();
        let (_, rest) = status.split_once("SMS: received ").unwrap();
        rest.split(' ').next().unwrap().parse().unwrap()
    }
}

impl Ports {
    fn free() -> Self {
        let [admin, boxes, phones, inbound, sendsms] = free_ports();
        Self { admin, boxes, phones, inbound, sendsms }
    }
}

/// A fake centre's client that sends `line` at most `max` times and prints what it gets.
fn fakesmsc(port: u16, max: usize, line: &str, log: &Path) -> Daemon {
    let mut command = Command::new("/usr/lib/kannel/test/fakesmsc");
    Daemon::start(command.args(["-H", "127.0.0.1", "-r", &port.to_string(), "-m", &max.to_string(), line]), log)
}

async fn status(ports: Ports) -> Option<String> {
    let url = format!("http://127.0.0.1:{}/status.txt?password={ADMIN_PASSWORD}", ports.admin);
    http().get(url).send().await.ok()?.text().await.ok()
}

/// Waits until bearerbox's status contains `text`; the log when bearerbox ends instead.
async fn wait_for_status(bearerbox: &mut Daemon, ports: Ports, text: &str, folder: &Path) -> Result<(), String> {
    let log = || fs::read_to_string(folder.join("bearerbox")).unwrap();
    for _ in 0..PROBES {
        if status(ports).await.is_some_and(|status| status.contains(text)) {
            return Ok(());
        }
        if bearerbox.has_ended() {
            return Err(log());
        }
        tokio::time::sleep(BETWEEN_PROBES).await;
    }
    Err(log())
}

/// Retries are on: without them Kannel drops a report whose receiver is away for a moment.
fn configuration(ports: Ports, inbound: &str) -> String {
    let Ports { admin, boxes, phones, inbound: inbound_port, sendsms } = ports;
    format!(
        r#"group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {ADMIN_PASSWORD}
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
dlr-storage = internal
sms-resend-freq = 1

group = smsc
smsc = fake
smsc-id = phones
port = {phones}
our-host = 127.0.0.1
denied-prefix = "{UNROUTABLE}"

group = smsc
smsc = fake
smsc-id = inbound
allowed-smsc-id = inbound
port = {inbound_port}
our-host = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
http-request-retry = 10
http-queue-delay = 1

group = sendsms-user
username = {USERNAME}
password = {PASSWORD}
max-messages = 10
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "{inbound}?from=%p&to=%P&text=%b"
"#
    )
}
