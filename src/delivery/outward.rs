//! Requests to addresses that somebody has typed: to the outside and nowhere else. A name is looked up here, and only those
//! of its addresses that are public are connected to: between looking and connecting there is nothing that could change.

use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect, retry};

use crate::config::Settings;

/// Whom requests may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses, by https.
    Outside,
    /// This machine too, and without TLS: for tests and the demo.
    Loopback,
}

impl Reach {
    /// As the installation was set up.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        if settings.webhooks_to_loopback { Self::Loopback } else { Self::Outside }
    }
}

/// Looks up the addresses of a name.
pub type Lookup = fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// As the system does.
pub const SYSTEM: Lookup = |name| Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) });

const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// A client that reaches no further than it may, follows nothing, and asks no proxy.
///
/// # Errors
/// TLS cannot be set up.
pub fn client(reach: Reach, lookup: Lookup) -> reqwest::Result<Client> {
    // An error says that it was chosen before, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .timeout(ANSWER_WITHIN)
        .connect_timeout(ANSWER_WITHIN / 2)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .pool_max_idle_per_host(0)
        .dns_resolver(Arc::new(Checked { reach, lookup }))
        .build()
}

/// Reads an address that somebody has typed.
///
/// # Errors
/// What is wrong with it, in words for whoever typed it.
pub fn address(text: &str, reach: Reach) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is no address: {error}"))?;
    if url.scheme() != "https" && !(reach == Reach::Loopback && url.scheme() == "http") {
        return Err("must begin with https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must hold no name and no password: the signature says who calls".to_owned());
    }
    if url.fragment().is_some() || text.len() > 500 {
        return Err("must be shorter than 500 characters, without a #".to_owned());
    }
    // A number is connected to without being looked up.
    let number = url.host_str().map(|host| host.trim_matches(['[', ']'])).and_then(|host| host.parse().ok());
    if number.is_some_and(|number| !may(number, reach)) {
        return Err("must lie in the public internet".to_owned());
    }
    Ok(url)
}

/// Resolves names to addresses that may be connected to.
struct Checked {
    reach: Reach,
    lookup: Lookup,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, looked_up) = (self.reach, (self.lookup)(name.as_str().to_owned()));
        Box::pin(async move {
            let found: Vec<SocketAddr> = looked_up.await?.into_iter().filter(|one| may(one.ip(), reach)).collect();
            if found.is_empty() {
                return Err(NotPublic.into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}

/// A name leads inside, and nowhere else.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
pub struct NotPublic;

impl NotPublic {
    /// Whether that is why a request was never made.
    #[must_use]
    pub fn is_why(error: &reqwest::Error) -> bool {
        let mut cause = Error::source(error);
        while let Some(one) = cause {
            if one.is::<Self>() {
                return true;
            }
            cause = one.source();
        }
        false
    }
}

fn may(address: IpAddr, reach: Reach) -> bool {
    is_public(address) || (reach == Reach::Loopback && address.to_canonical().is_loopback())
}

/// Whether an address is somebody's in the public internet. Of IPv6 that is `2000::/3` alone, without the parts that stand for
/// an address of IPv4, through which one could come in again.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let inside = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast();
    let [a, b, c, _] = address.octets();
    // "This network"; carriers' NAT; protocol assignments; the relay of 6to4; benchmarks; reserved, broadcast.
    let special =
        matches!((a, b, c), (0 | 240.., ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18 | 19, _));
    !inside && !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Teredo and other assignments; documentation; 6to4; documentation again.
    let special = matches!((a, b), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff));
    a & 0xe000 == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn inside_is_not_outside() {
        let inside = [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "::10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:a00:1::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "100::1",
        ];
        for text in inside {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in ["1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a02:cc1::1"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn addresses_are_judged_when_they_are_typed() {
        for text in [
            "ftp://example.no/",
            "http://example.no/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://10.1/",
            "https://[::ffff:10.0.0.1]/",
            "https://kari:secret@example.no/",
            "https://example.no/#a",
            "file:///etc/passwd",
            "https://",
            "nonsense",
        ] {
            assert!(address(text, Reach::Outside).is_err(), "{text}");
        }
        assert!(address("https://example.no/hooks?source=medvirk", Reach::Outside).is_ok());
        assert!(address("http://127.0.0.1:9/", Reach::Loopback).is_ok());
        assert!(address("http://10.0.0.1/", Reach::Loopback).is_err());
    }

    /// Looked up once it is public, and a moment later it is not: each connection is judged by what it connects to.
    #[tokio::test]
    async fn a_name_that_changes_its_mind_leads_nowhere() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let lookup: Lookup = |_| {
            let addresses = match ASKED.fetch_add(1, Ordering::SeqCst) {
                0 => vec!["1.1.1.1:0", "10.0.0.1:0"],
                _ => vec!["127.0.0.1:0", "[fd00::1]:0"],
            };
            Box::pin(async move { Ok(addresses.into_iter().map(|one| one.parse().unwrap()).collect()) })
        };
        let checked = Checked { reach: Reach::Outside, lookup };
        let name = || "rebinding.example".parse::<Name>().unwrap();
        let first: Vec<SocketAddr> = checked.resolve(name()).await.unwrap().collect();
        assert_eq!(first, ["1.1.1.1:0".parse().unwrap()]);
        assert!(checked.resolve(name()).await.is_err());
    }
}
