//! The only source of randomness: tokens, codes, keys, ids. All of it comes from the operating system through aws-lc.

use std::cell::RefCell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::model::id::{ClientId, ClientIdError};
use crate::model::secret::Secret;

/// An opaque value: `prefix` and 256 random bits in base64url (43 characters). Stored only as a hash.
pub fn token(prefix: &str) -> Secret<String> {
    let mut token = String::with_capacity(prefix.len() + 43);
    token.push_str(prefix);
    URL_SAFE_NO_PAD.encode_string(bytes::<32>(), &mut token);
    Secret::new(token)
}

/// A `client_id` of ours: never like a UUID (S98), never like a URL (S154).
pub fn client_id() -> Result<ClientId, ClientIdError> {
    ClientId::parse(&format!("c_{}", URL_SAFE_NO_PAD.encode(bytes::<16>())))
}

/// `N` random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if aws_lc_rs::rand::fill(&mut bytes).is_err() {
        // Without randomness every token would be guessable, and no caller could do better than stop.
        tracing::error!("the operating system gives no random numbers; stopping");
        std::process::abort();
    }
    bytes
}

/// Twelve random bytes for a name that is no secret, such as a request's. Drawn many at a time: a draw costs more than its bytes.
pub fn label() -> [u8; 12] {
    thread_local! {
        static DRAWN: RefCell<Vec<[u8; 12]>> = const { RefCell::new(Vec::new()) };
    }
    DRAWN.with_borrow_mut(|drawn| {
        drawn.pop().unwrap_or_else(|| {
            let fresh = bytes::<768>();
            let (labels, _) = fresh.as_chunks();
            drawn.extend_from_slice(labels);
            drawn.pop().unwrap_or_else(bytes)
        })
    })
}

/// A random id (RFC 9562 version 4).
pub fn uuid() -> Uuid {
    uuid::Builder::from_random_bytes(bytes()).into_uuid()
}

/// An id that sorts by the microsecond of its making (RFC 9562 version 7, its method 3); 62 bits are random. For rows, not for secrets.
pub fn uuid_sortable(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let mut random = bytes::<10>();
    // The twelve bits below the millisecond hold its fraction, so that rows made in the same millisecond stay in order.
    let fraction = now.timestamp_subsec_micros() % 1000 * 4096 / 1000;
    let [.., high, low] = fraction.to_be_bytes();
    random[0] = high;
    random[1] = low;
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tokens_carry_their_prefix_and_256_bits() {
        // S109
        let tokens: HashSet<String> = (0..1000)
            .map(|_| token("placet_rt_").expose().clone())
            .collect();
        assert_eq!(tokens.len(), 1000);
        for token in tokens {
            let random = token.strip_prefix("placet_rt_").unwrap();
            assert_eq!(URL_SAFE_NO_PAD.decode(random).unwrap().len(), 32);
        }
    }

    #[test]
    fn labels_never_come_twice() {
        let labels: HashSet<[u8; 12]> = (0..1000).map(|_| label()).collect();
        assert_eq!(labels.len(), 1000);
    }

    #[test]
    fn ids_have_their_version_and_sort_by_microsecond() {
        assert_eq!(uuid().get_version_num(), 4);
        let ids: Vec<Uuid> = (0..3000)
            .map(|micro| {
                let now = DateTime::from_timestamp_micros(1_800_000_000_000_000 + micro);
                uuid_sortable(now.unwrap())
            })
            .collect();
        assert!(ids.is_sorted());
        assert_eq!(ids[0].get_version_num(), 7);
        assert_eq!(ids[0].get_variant(), uuid::Variant::RFC4122);
        assert_ne!(
            uuid_sortable(DateTime::UNIX_EPOCH),
            uuid_sortable(DateTime::UNIX_EPOCH)
        );
    }
}
