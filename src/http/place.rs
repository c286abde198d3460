//! Where a request comes from: the peer's address, or what a trusted proxy says of it (S61).

use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use actix_web::http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use actix_web::{HttpMessage as _, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ipnet::IpNet;

use super::web::Web;
use crate::identity::login::Place;
use crate::random;

/// What was found out about a request before its handler ran.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    pub place: Place,
    /// A trusted proxy says that the browser spoke plain HTTP.
    pub is_plain_http: bool,
}

/// Finds out, once per request.
pub(super) fn arrive(request: &HttpRequest, web: &Web) -> Arrival {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let proxies = &web.app.config.trusted_proxies;
    let is_proxied = peer.is_some_and(|peer| is_trusted(proxies, peer));
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let address = if is_proxied {
        forwarded_for(request, proxies).or(peer)
    } else {
        peer
    };
    Arrival {
        place: Place {
            address,
            request_id: URL_SAFE_NO_PAD.encode(random::label()),
            user_agent: header(USER_AGENT.as_str()).map(ToOwned::to_owned),
            accept_language: header(ACCEPT_LANGUAGE.as_str()).map(ToOwned::to_owned),
        },
        is_plain_http: is_proxied && is_plain_http(request),
    }
}

/// Whether the browser did not speak https, by the first proxy's word, which stands first. What cannot be read is no https.
fn is_plain_http(request: &HttpRequest) -> bool {
    let proto = request
        .headers()
        .get("x-forwarded-proto")
        .map(|proto| proto.to_str().unwrap_or_default());
    let first = proto.map(|proto| proto.split(',').next().unwrap_or_default().trim());
    first.is_some_and(|first| !first.eq_ignore_ascii_case("https"))
}

/// The last address that no trusted proxy added: what stands before it, anyone may have written.
fn forwarded_for(request: &HttpRequest, proxies: &[IpNet]) -> Option<IpAddr> {
    let mut found = None;
    let lines = request
        .headers()
        .get_all("x-forwarded-for")
        .map(|line| line.to_str().unwrap_or_default());
    let lines: Vec<&str> = lines.collect();
    for part in lines.iter().flat_map(|line| line.split(',')).rev() {
        // An unreadable entry ends the chain: nothing before it can be believed.
        let Some(address) = parse(part.trim()) else {
            break;
        };
        found = Some(address);
        if !is_trusted(proxies, address) {
            break;
        }
    }
    found
}

/// An address; some proxies add the port.
fn parse(entry: &str) -> Option<IpAddr> {
    let with_port = || entry.parse::<SocketAddr>().map(|address| address.ip());
    entry
        .parse::<IpAddr>()
        .or_else(|_| with_port())
        .ok()
        .map(|address| address.to_canonical())
}

fn is_trusted(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|network| network.contains(&address))
}

/// What [`arrive`] found for this request.
pub(super) fn of(request: &HttpRequest) -> Place {
    request
        .extensions()
        .get::<Rc<Arrival>>()
        .map(|arrival| arrival.place.clone())
        .unwrap_or_default()
}
