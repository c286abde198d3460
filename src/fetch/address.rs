//! Which addresses the server may be made to call: those of the public internet (IANA's special-purpose registries, RFC 6890), and a
//! resolver that gives no others. It stands in the connection itself, so that there is no time between check and use (S150).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::{Ipv4Net, Ipv6Net};
use reqwest::dns::{Name, Resolve, Resolving};

const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), prefix)
}

const fn v6(a: u16, b: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), prefix)
}

/// All of IPv4 that is nobody's public address.
const CLOSED_V4: [Ipv4Net; 16] = [
    v4(0, 0, 0, 8),       // "this network", which Linux takes for itself
    v4(10, 0, 0, 8),      // private (RFC 1918)
    v4(100, 64, 0, 10),   // shared by carriers (RFC 6598)
    v4(127, 0, 0, 8),     // loopback
    v4(169, 254, 0, 16),  // link-local, and with it the metadata services of clouds
    v4(172, 16, 0, 12),   // private
    v4(192, 0, 0, 24),    // protocol assignments (RFC 6890)
    v4(192, 0, 2, 24),    // documentation (RFC 5737)
    v4(192, 31, 196, 24), // AS112 (RFC 7535)
    v4(192, 88, 99, 24),  // 6to4 relays (RFC 7526)
    v4(192, 168, 0, 16),  // private
    v4(198, 18, 0, 15),   // benchmarks (RFC 2544)
    v4(198, 51, 100, 24), // documentation
    v4(203, 0, 113, 24),  // documentation
    v4(224, 0, 0, 4),     // multicast
    v4(240, 0, 0, 4),     // reserved, and the broadcast address
];

/// The one part of IPv6 that is given out as public addresses (RFC 4291 §2.4). Outside lie loopback, unspecified, ULA, link-local, multicast,
/// IPv4 mapped (`::ffff:0:0/96`) and compatible (`::/96`), and NAT64 for local use (`64:ff9b:1::/48`).
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 3);

/// What is not public within [`GLOBAL_V6`].
const CLOSED_V6: [Ipv6Net; 4] = [
    v6(0x2001, 0, 23), // protocol assignments: Teredo, benchmarks, ORCHID (RFC 2928)
    v6(0x2001, 0xdb8, 32), // documentation (RFC 3849)
    v6(0x2002, 0, 16), // 6to4, which wraps any IPv4 address (RFC 3056)
    v6(0x3fff, 0, 20), // documentation (RFC 9637)
];

/// NAT64 (RFC 6052): how a network that has IPv6 alone reaches public IPv4.
const NAT64: Ipv6Net = v6(0x64, 0xff9b, 96);

/// Whether it is an address of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) if NAT64.contains(&address) => {
            let [.., a, b, c, d] = address.octets();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        IpAddr::V6(address) => {
            GLOBAL_V6.contains(&address) && !CLOSED_V6.iter().any(|net| net.contains(&address))
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !CLOSED_V4.iter().any(|net| net.contains(&address))
}

/// Every address of the name is one that may not be called.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
pub(super) struct NotPublic;

/// The operating system's resolver.
pub(super) struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            Ok(Box::new(found.into_iter()) as _)
        })
    }
}

/// A resolver that keeps back what is not public. What it gives is what is connected to: nobody looks the name up again.
pub(super) struct Guarded(pub(super) Arc<dyn Resolve>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let asked = self.0.resolve(name);
        Box::pin(async move {
            let public: Vec<SocketAddr> = asked
                .await?
                .filter(|address| is_public(address.ip()))
                .collect();
            if public.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(public.into_iter()) as _)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first and the last of each range, or one of it.
    const CLOSED: &str = "
        0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.0.0
        169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255 192.0.2.1 192.31.196.1
        192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1
        239.255.255.255 240.0.0.0 255.255.255.255 :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1
        ::ffff:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::8.8.8.8 100::1 1fff::1 2001::1 2001:2::1
        2001:1ff:ffff:: 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1
        fd12:3456::1 fe80::1 febf::1 fec0::1 ff02::1 ffff::1
    ";
    /// Their neighbours that are public.
    const OPEN: &str = "
        1.0.0.0 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
        169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255
        198.20.0.0 198.51.99.255 203.0.114.0 223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2003::1
        2606:4700::1111 2a00::1 3ffe::1 64:ff9b::8.8.8.8
    ";

    // S150
    #[test]
    fn each_closed_range_is_closed_and_no_more() {
        for (list, is_open) in [(CLOSED, false), (OPEN, true)] {
            for text in list.split_whitespace() {
                assert_eq!(is_public(text.parse().unwrap()), is_open, "{text}");
            }
        }
    }
}
