//! Signing keys that rotate by themselves: whoever keeps the key set as long as its headers allow never meets a token that it
//! cannot verify, whichever node it asks (issue 3, point 11; S107, S131, S132).

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use placet::admin::keys;
use placet::jobs::rotate_once;
use placet::keys::crypto::VerifyingKey;
use placet::keys::jwt::{self, Checks};
use placet::model::signing_key::SigningAlg;
use reqwest::Method;
use serde_json::Value;

use super::support::client::decode_jwt;
use super::support::requests::ask;
use super::support::server::PASSWORD;
use super::support::storm::at_once;
use super::support::{Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const JWKS: &str = "/.well-known/jwks.json";
const OWN: &[(&str, &str)] = &[("grant_type", "client_credentials")];
const MINUTE: Duration = Duration::from_mins(1);
const DAY: u64 = 86_400;

/// An API or app with a copy of the key set: it fetches another when the copy has reached its age, and at no other time; not for
/// a key that it does not know either.
struct Verifier {
    set: Value,
    until: DateTime<Utc>,
}

impl Verifier {
    const fn new() -> Self {
        Self {
            set: Value::Null,
            until: DateTime::<Utc>::MIN_UTC,
        }
    }

    /// Verifies a token at the time of that node, which also serves the key set if it has to be fetched.
    async fn verify(&mut self, node: &TestServer, token: &Token) -> Result<(), String> {
        let now = node.app.clock.now();
        if now >= self.until {
            let page = ask(node, Method::GET, JWKS, &[], "").await;
            let max_age = page
                .header("cache-control")
                .rsplit_once("max-age=")
                .unwrap()
                .1;
            self.until = now + TimeDelta::seconds(max_age.parse().unwrap());
            self.set = serde_json::from_str(&page.body).unwrap();
            assert_is_sound(&self.set);
        }
        let kid = decode_jwt(&token.value).0["kid"].clone();
        let keys = self.set["keys"].as_array().unwrap();
        let key = keys.iter().find(|key| key["kid"] == kid);
        let key = key.ok_or_else(|| format!("no key {kid} in the copy"))?;
        let key = VerifyingKey::from_jwk(token.alg, key).unwrap();
        let checks = Checks {
            issuer: node.app.issuer(),
            audience: None,
            typ: token.typ,
            algorithms: &[token.alg],
            now,
            leeway: Duration::ZERO,
        };
        jwt::verify(&token.value, &[key], &checks)
            .map(|_: Value| ())
            .map_err(|error| error.to_string())
    }
}

/// Public halves alone, of sufficient size, no kid twice, one algorithm each.
fn assert_is_sound(set: &Value) {
    let keys = set["keys"].as_array().unwrap();
    let kids: BTreeSet<&str> = keys
        .iter()
        .map(|key| key["kid"].as_str().unwrap())
        .collect();
    assert_eq!(kids.len(), keys.len(), "{set}");
    for key in keys {
        match key["alg"].as_str().unwrap() {
            "ES256" => assert_eq!((&key["kty"], &key["crv"]), (&"EC".into(), &"P-256".into())),
            "RS256" => {
                assert_eq!((&key["kty"], &key["e"]), (&"RSA".into(), &"AQAB".into()));
                assert!(key["n"].as_str().unwrap().len() >= 2048 / 6, "{key}");
            }
            other => panic!("{other} is not in use"),
        }
        for private in ["d", "p", "q", "dp", "dq", "qi", "k", "oth"] {
            assert!(key.get(private).is_none(), "{private}");
        }
    }
}

#[derive(Clone)]
struct Token {
    value: String,
    typ: &'static str,
    alg: SigningAlg,
    expires_at: DateTime<Utc>,
}

impl Token {
    fn new(value: &str, typ: &'static str, alg: SigningAlg) -> Self {
        let exp = decode_jwt(value).1["exp"].as_i64().unwrap();
        Self {
            value: value.to_owned(),
            typ,
            alg,
            expires_at: DateTime::from_timestamp(exp, 0).unwrap(),
        }
    }

    fn kid(&self) -> String {
        decode_jwt(&self.value).0["kid"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// An access token of a service, and an ID token of a person.
async fn two_tokens(service: &Client, person: &Client, node: &TestServer) -> [Token; 2] {
    let own = service.at(node).token(OWN).await;
    let params = [
        ("grant_type", "password"),
        ("username", "ada"),
        ("password", PASSWORD),
        ("scope", "openid"),
    ];
    let hers = person.at(node).token(&params).await;
    [
        Token::new(own.access_token(), "at+jwt", SigningAlg::ES256),
        Token::new(
            hers.json["id_token"].as_str().unwrap(),
            "JWT",
            SigningAlg::RS256,
        ),
    ]
}

/// Two nodes that rotate every 40 minutes.
async fn two_nodes(db: TestDatabase, publish: Duration) -> [TestServer; 2] {
    let first = TestServer::start_with(db, |config| {
        config.keys.rotate_every = 40 * MINUTE;
        config.keys.publish_before_use = publish;
    })
    .await;
    let issuer = first.app.config.issuer.clone();
    let settings = first.app.config.keys.clone();
    let second = first
        .second_node(|config| (config.issuer, config.keys) = (issuer, settings))
        .await;
    [first, second]
}

/// Verifiers whose copies are of every age, tokens of either node and every age, in steps of 20 seconds, until two successors
/// have begun to sign at their own time.
async fn through_two_rotations(db: TestDatabase, publish: Duration) {
    let nodes = two_nodes(db, publish).await;
    nodes[0].add_user("ada").await;
    let (service, person) = (
        nodes[0].service_client().await,
        nodes[0].password_client().await,
    );
    let mut verifiers = Vec::new();
    let mut live: VecDeque<Token> = VecDeque::new();
    let mut kids: BTreeSet<String> = BTreeSet::new();
    for step in 0..285 {
        if step % 2 == 0 && verifiers.len() < 7 {
            verifiers.push(Verifier::new());
        }
        let node = &nodes[step % 2];
        let tokens = two_tokens(&service, &person, node).await;
        kids.extend(tokens.iter().map(Token::kid));
        let now = node.app.clock.now();
        live.retain(|token| token.expires_at > now);
        live.extend(tokens);
        let oldest: Vec<Token> = live.iter().take(2).cloned().collect();
        let newest = live.iter().rev().take(2).cloned();
        for token in oldest.into_iter().chain(newest) {
            for (index, verifier) in verifiers.iter_mut().enumerate() {
                let asked = &nodes[index % 2];
                if let Err(fault) = verifier.verify(asked, &token).await {
                    panic!("step {step}, verifier {index}, {}: {fault}", token.alg);
                }
            }
        }
        nodes[0].advance(20);
        tokio::join!(rotate_once(&nodes[0].app), rotate_once(&nodes[1].app));
    }
    assert_eq!(kids.len(), 6, "three of each algorithm have signed");
    assert_eq!(
        nodes[0].count_events("key_created").await,
        6,
        "none was made twice"
    );
    assert_eq!(
        nodes[0].jwks().await["keys"].as_array().unwrap().len(),
        6,
        "none is gone"
    );
    // Longer than any token lives.
    nodes[0].advance(DAY + 120);
    let left = nodes[1].jwks().await;
    let left: BTreeSet<&str> = left["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["kid"].as_str().unwrap())
        .collect();
    assert_eq!(left.len(), 2, "the first and the second are gone");
    for token in live {
        assert!(token.expires_at < nodes[0].app.clock.now());
    }
}

/// The state of every key of that algorithm, in the order in which they sign.
async fn states(server: &TestServer, alg: SigningAlg) -> Vec<&'static str> {
    let all = keys::list(&server.app).await.unwrap();
    all.iter()
        .filter(|key| key.alg == alg)
        .map(|key| key.state)
        .collect()
}

on_both! {
    // S132; and every set that is fetched is sound (S107, S131).
    async fn a_verifier_with_a_copy_of_the_set_knows_every_key(db: TestDatabase) {
        through_two_rotations(db, 10 * MINUTE).await;
    }

    // S132: as late as the settings allow.
    async fn and_knows_it_where_keys_are_published_at_the_last_moment(db: TestDatabase) {
        through_two_rotations(db, 5 * MINUTE).await;
    }

    // S132: next, current, retired, gone, by the clock alone.
    async fn a_key_goes_through_its_states_by_itself(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let alg = SigningAlg::ES256;
        let (published, signs) = (90 * DAY - 600, 600);
        server.advance(published - 1);
        assert_eq!((rotate_once(&server.app).await, states(&server, alg).await), (0, vec!["current"]));
        server.advance(1);
        assert_eq!((rotate_once(&server.app).await, states(&server, alg).await), (2, vec!["current", "next"]));
        assert_eq!(rotate_once(&server.app).await, 0, "it waits");
        server.advance(signs - 1);
        assert_eq!(states(&server, alg).await, ["current", "next"]);
        server.advance(1);
        assert_eq!(states(&server, alg).await, ["retired", "current"]);
        server.advance(DAY + 59);
        assert_eq!((states(&server, alg).await, server.jwks().await["keys"].as_array().unwrap().len()), (vec!["retired", "current"], 4));
        server.advance(1);
        assert_eq!((states(&server, alg).await, server.jwks().await["keys"].as_array().unwrap().len()), (vec!["gone", "current"], 2));
        placet::jobs::sweep_once(&server.app, 500).await;
        assert_eq!(states(&server, alg).await, ["current"]);
    }

    async fn where_nothing_is_due_no_database_is_asked(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.app.store.close().await;
        assert_eq!(keys::rotate_due(&server.app).await.unwrap(), 0);
        server.advance(90 * DAY);
        assert!(keys::rotate_due(&server.app).await.is_err(), "now it is");
        assert_eq!(rotate_once(&server.app).await, 0);
    }

    async fn many_at_once_make_one_successor_each(db: TestDatabase) {
        let first = TestServer::start(db).await;
        let second = first.second_node(|_| {}).await;
        first.advance(90 * DAY);
        let made = at_once(6, |index| {
            let app = if index % 2 == 0 { first.app.clone() } else { second.app.clone() };
            async move { rotate_once(&app).await }
        })
        .await;
        assert_eq!(made.iter().sum::<usize>(), 2, "{made:?}");
        assert_eq!(first.count_events("key_created").await, 4);
        assert_eq!(first.jwks().await, second.jwks().await);
    }

    async fn turned_off_keys_stay(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.keys.rotate_every = Duration::ZERO).await;
        server.advance(3650 * DAY);
        assert_eq!(rotate_once(&server.app).await, 0);
        assert_eq!(states(&server, SigningAlg::ES256).await, ["current"]);
    }

    // S132: who slept through the time does not sign with what nobody has seen.
    async fn late_it_is_published_first_all_the_same(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.advance(400 * DAY);
        let restarted = server.second_node(|_| {}).await;
        assert_eq!(rotate_once(&restarted.app).await, 2);
        assert_eq!(states(&restarted, SigningAlg::RS256).await, ["current", "next"]);
        restarted.advance(600);
        assert_eq!(states(&restarted, SigningAlg::RS256).await, ["retired", "current"]);
    }

    // A leaked key: another signs at once, and it goes at once.
    async fn a_leaked_key_goes_at_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let by = TestServer::by();
        let old = Token::new(client.token(OWN).await.access_token(), "at+jwt", SigningAlg::ES256);
        let error = keys::remove(&server.app, &by, &old.kid()).await.unwrap_err().to_string();
        assert!(error.contains("placet key rotate --now"), "{error}");
        server.advance(1);
        keys::rotate(&server.app, &by, Some(SigningAlg::ES256), true).await.unwrap();
        let new = Token::new(client.token(OWN).await.access_token(), "at+jwt", SigningAlg::ES256);
        for token in [&old, &new] {
            Verifier::new().verify(&server, token).await.unwrap();
        }
        keys::remove(&server.app, &by, &old.kid()).await.unwrap();
        assert!(Verifier::new().verify(&server, &old).await.unwrap_err().contains("no key"));
        Verifier::new().verify(&server, &new).await.unwrap();
        assert_eq!(server.count_events("key_removed").await, 1);
        assert!(keys::remove(&server.app, &by, &old.kid()).await.unwrap_err().to_string().contains("there is no key"));
        // One that waits may go as well; then the next is due as if it had never been.
        let made = keys::rotate(&server.app, &by, Some(SigningAlg::ES256), false).await.unwrap();
        keys::remove(&server.app, &by, &made[0].kid).await.unwrap();
        assert_eq!(states(&server, SigningAlg::ES256).await, ["current"]);
        server.advance(90 * DAY);
        assert_eq!(rotate_once(&server.app).await, 2);
    }
}
