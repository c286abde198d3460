//! `private_key_jwt` and `client_secret_jwt` (RFC 7523, OIDC Core §9): what is taken, what is refused, and that each assertion counts once (S165).

use placet::admin::clients::ClientFields;
use serde_json::{Value, json};

use super::support::assertion::{ClientKey, JWT_BEARER, hs256};
use super::support::client::{VERIFIER, basic};
use super::support::clients::encode;
use super::support::storm::{at_once, count};
use super::support::{Client, TestServer};
use crate::support::database::on_both;

async fn client_with(server: &TestServer, key: &ClientKey) -> Client {
    let fields = ClientFields {
        jwks: Some(key.jwks()),
        ..ClientFields::default()
    };
    server.asserting_client(fields).await
}

/// Good claims with one of them changed; `null` takes it away.
fn with(server: &TestServer, client: &Client, name: &str, value: Value) -> Value {
    let mut claims = server.assertion_claims(client);
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

/// An answer but for the id of its request.
fn without_id(mut answer: Value) -> Value {
    assert!(
        answer
            .as_object_mut()
            .unwrap()
            .remove("error_uri")
            .is_some()
    );
    answer
}

on_both! {
    async fn good_assertions_are_taken(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let key = ClientKey::new("k1");
        let client = client_with(&server, &key).await;
        let issuer = server.app.issuer().to_owned();
        let token_endpoint = format!("{issuer}/token");
        let now = server.app.clock.now().timestamp();
        for (name, value) in [
            ("aud", json!(issuer)),
            ("aud", json!(token_endpoint)),
            ("aud", json!([issuer])),
            ("aud", json!([issuer, token_endpoint])),
            ("iat", Value::Null),
            ("iat", json!(now + 8)),
            ("nbf", json!(now + 8)),
            ("exp", json!(now + 3600)),
            ("exp", json!(now - 20)),
            ("exp", json!(f64::from(60) + 1_800_000_000.5)),
            ("nonsense", json!({"a": [1]})),
        ] {
            let claims = with(&server, &client, name, value.clone());
            client.assert(&key.jwt(&claims), &[]).await.assert_granted(&format!("{name} {value}"));
        }
        for header in [
            json!({"alg": "ES256"}),
            json!({"alg": "ES256", "typ": "JWT", "kid": "k1"}),
            json!({"alg": "ES256", "typ": "client-authentication+jwt"}),
        ] {
            let jwt = key.sign(&header, &server.assertion_claims(&client));
            client.assert(&jwt, &[("client_id", &client.id)]).await.assert_granted(&header.to_string());
        }
        let tokens = client.assert(&key.jwt(&server.assertion_claims(&client)), &[]).await;
        assert_eq!(tokens.decoded().1["client_id"], client.id.as_str());
    }

    // S165 S103
    async fn bad_assertions_are_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (key, stranger) = (ClientKey::new("k1"), ClientKey::new("k1"));
        let client = client_with(&server, &key).await;
        let other = client_with(&server, &stranger).await;
        let issuer = server.app.issuer().to_owned();
        let now = server.app.clock.now().timestamp();
        for (name, value) in [
            ("sub", Value::Null), ("sub", json!(other.id)), ("sub", json!("nobody")), ("sub", json!(1)),
            ("iss", Value::Null), ("iss", json!(other.id)), ("iss", json!(issuer)),
            ("aud", Value::Null), ("aud", json!("https://other.example")), ("aud", json!([])), ("aud", json!(client.id)),
            ("aud", json!([issuer, "https://other.example"])), ("aud", json!(format!("{issuer}/"))), ("aud", json!(format!("{issuer}/authorize"))),
            ("aud", json!(format!("{issuer}.other.example/token"))),
            ("exp", Value::Null), ("exp", json!(now - 300)), ("exp", json!(now - 31)), ("exp", json!(now + 3700)), ("exp", json!(1e300)),
            ("exp", json!("soon")),
            ("nbf", json!(now + 60)), ("iat", json!(now + 60)),
            ("jti", Value::Null), ("jti", json!("")), ("jti", json!(7)),
        ] {
            let claims = with(&server, &client, name, value.clone());
            let answer = client.assert(&key.jwt(&claims), &[]).await;
            answer.assert_refused(401, "invalid_client", &format!("{name} {value}"));
        }
        for header in [
            json!({"alg": "none"}), json!({"alg": "nONe"}), json!({"alg": "RS256", "kid": "k1"}), json!({"alg": "HS256"}),
            json!({"alg": "ES384"}), json!({"kid": "k1"}), json!({"alg": "ES256", "kid": "k2"}), json!({"alg": "ES256", "typ": "at+jwt"}),
            json!({"alg": "ES256", "typ": "logout+jwt"}), json!({"alg": "ES256", "crit": ["exp"]}), json!({"alg": "ES256", "jwk": stranger.jwk()}),
        ] {
            let jwt = key.sign(&header, &server.assertion_claims(&client));
            client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", &header.to_string());
        }
        let good = || server.assertion_claims(&client);
        let unsigned = key.sign(&json!({"alg": "none"}), &good());
        let unsigned = format!("{}.", unsigned.rsplit_once('.').unwrap().0);
        let public = hs256(&key.jwks(), &good());
        for (what, jwt) in [
            ("other client's key", stranger.jwt(&good())), ("no signature", unsigned), ("public key as secret", public),
            ("no JWT", "x".to_owned()), ("two parts", "e30.e30".to_owned()), ("long", "x".repeat(20_000)),
        ] {
            client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", what);
        }
        let jwt = key.jwt(&good());
        client.assert(&jwt, &[("client_id", &other.id)]).await.assert_refused(401, "invalid_client", "another client_id");
        client.assert(&jwt, &[("client_assertion_type", "")]).await.assert_refused(401, "invalid_client", "no type");
        client.assert(&jwt, &[("client_assertion_type", "urn:x")]).await.assert_refused(401, "invalid_client", "another type");
        client.assert("", &[("client_id", &client.id)]).await.assert_refused(401, "invalid_client", "no assertion");
        client.assert(&jwt, &[("client_secret", "x")]).await.assert_refused(400, "invalid_request", "two methods");
        // Nothing of this used it up.
        client.assert(&jwt, &[]).await.assert_granted("the right one");
    }

    // S65 S67
    async fn one_method_at_a_time_and_each_parameter_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let key = ClientKey::new("k1");
        let client = client_with(&server, &key).await;
        let jwt = key.jwt(&server.assertion_claims(&client));
        let body = encode(&[("grant_type", "client_credentials"), ("client_assertion_type", JWT_BEARER), ("client_assertion", &jwt)]);
        let form = ("content-type", "application/x-www-form-urlencoded".to_owned());
        let both = [form.clone(), ("authorization", basic(&client.id, "x"))];
        client.post_token(&both, body.clone()).await.assert_refused(400, "invalid_request", "two methods");
        for name in ["client_assertion", "client_assertion_type"] {
            let answer = client.post_token(std::slice::from_ref(&form), format!("{body}&{name}=x")).await;
            answer.assert_refused(400, "invalid_request", name);
        }
        // What a client is not registered for does not work, nor what it did without.
        let basic_client = server.service_client().await;
        let jwt = hs256(basic_client.secret.as_ref().unwrap(), &server.assertion_claims(&basic_client));
        basic_client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", "registered for Basic");
        let bare = [("grant_type", "client_credentials")];
        client.token(&bare).await.assert_refused(401, "invalid_client", "no proof at all");
        server.app.refresh().await.unwrap();
        placet::admin::clients::disable(&server.app, &TestServer::by(), &client.id).await.unwrap();
        let jwt = key.jwt(&server.assertion_claims(&client));
        client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", "disabled");
    }

    async fn a_registered_algorithm_is_the_only_one(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let key = ClientKey::new("k1");
        let fields = |alg: &str| ClientFields {
            jwks: Some(key.jwks()),
            token_endpoint_auth_signing_alg: Some(alg.to_owned()),
            ..ClientFields::default()
        };
        let right = server.asserting_client(fields("ES256")).await;
        right.assert(&key.jwt(&server.assertion_claims(&right)), &[]).await.assert_granted("ES256");
        let wrong = server.asserting_client(fields("PS256")).await;
        let answer = wrong.assert(&key.jwt(&server.assertion_claims(&wrong)), &[]).await;
        answer.assert_refused(401, "invalid_client", "PS256 alone");
        // S72: before the signature is proved nobody is told more than a stranger, who would learn that there is such a client.
        let mut stranger = right.clone();
        "nobody".clone_into(&mut stranger.id);
        let unknown = stranger.assert(&key.jwt(&server.assertion_claims(&stranger)), &[]).await;
        assert_eq!(without_id(answer.json), without_id(unknown.json));
    }

    async fn a_secret_authenticates_by_its_hmac(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let fields = ClientFields { token_endpoint_auth_method: Some("client_secret_jwt".to_owned()), ..ClientFields::default() };
        let client = server.asserting_client(fields).await;
        let secret = client.secret.clone().unwrap();
        let jwt = hs256(&secret, &server.assertion_claims(&client));
        client.assert(&jwt, &[]).await.assert_granted("HS256");
        client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", "twice");
        let jwt = hs256(&format!("{secret}x"), &server.assertion_claims(&client));
        client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", "another secret");
        let signed = ClientKey::new("k").jwt(&server.assertion_claims(&client));
        client.assert(&signed, &[]).await.assert_refused(401, "invalid_client", "ES256");
        client.token(&[("grant_type", "client_credentials")]).await.assert_refused(401, "invalid_client", "by Basic");
        // Both secrets while they overlap, then the new one.
        let hour = std::time::Duration::from_hours(1);
        let made = placet::admin::clients::add_secret(&server.app, &TestServer::by(), &client.id, hour).await.unwrap();
        let new = made.secret.unwrap();
        for secret in [&secret, new.expose()] {
            let jwt = hs256(secret, &server.assertion_claims(&client));
            client.assert(&jwt, &[]).await.assert_granted("both");
        }
        server.advance(3600);
        client.assert(&hs256(&secret, &server.assertion_claims(&client)), &[]).await.assert_refused(401, "invalid_client", "the old one");
        client.assert(&hs256(new.expose(), &server.assertion_claims(&client)), &[]).await.assert_granted("the new one");
    }

    // S165
    async fn an_assertion_counts_once_for_all_nodes_and_for_good(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let issuer = server.app.config.issuer.clone();
        let second = server.second_node(|config| config.issuer = issuer.clone()).await;
        let key = ClientKey::new("k1");
        let client = client_with(&server, &key).await;
        for nodes in [vec![&server], vec![&server, &second]] {
            let jwt = key.jwt(&server.assertion_claims(&client));
            let answers = at_once(64, |index| {
                let (client, jwt) = (client.at(nodes[index % nodes.len()]), jwt.clone());
                async move { client.assert(&jwt, &[]).await }
            })
            .await;
            assert_eq!(count(&answers, 200), 1, "{} nodes", nodes.len());
            assert_eq!(count(&answers, 401), 63);
        }
        let jwt = key.jwt(&server.assertion_claims(&client));
        client.assert(&jwt, &[]).await.assert_granted("first");
        placet::jobs::sweep_once(&server.app, 100).await;
        let restarted = server.second_node(|config| config.issuer = issuer).await;
        let answer = client.at(&restarted).assert(&jwt, &[]).await;
        answer.assert_refused(401, "invalid_client", "after a restart");
        assert!(answer.json["error_description"].as_str().unwrap().contains("used before"), "{}", answer.json);
        // Swept when it is long dead, and dead then too.
        server.advance(60 + 30 + 300);
        placet::jobs::sweep_once(&server.app, 100).await;
        assert_eq!(server.database.count("used_assertions").await, 0);
        client.assert(&jwt, &[]).await.assert_refused(401, "invalid_client", "dead");
    }

    // S165: the id of one client's assertion says nothing of another's.
    async fn ids_are_each_clients_own(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let key = ClientKey::new("k1");
        for client in [client_with(&server, &key).await, client_with(&server, &key).await] {
            let jwt = key.jwt(&with(&server, &client, "jti", json!("1")));
            client.assert(&jwt, &[]).await.assert_granted("its own");
        }
    }

    // S165: whoever replays an assertion with a code spoils nothing.
    async fn a_replay_comes_before_the_grant(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let key = ClientKey::new("k1");
        let fields = ClientFields {
            jwks: Some(key.jwks()),
            redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
            scope: Some("openid".to_owned()),
            ..ClientFields::default()
        };
        let client = server.asserting_client(fields).await;
        let (first, second) = (client.code("ada", &[]).await, client.code("ada", &[]).await);
        let redeem = async |code: &str, jwt: &str| {
            let redirect_uri = client.redirect_uri.clone().unwrap();
            let more = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", &redirect_uri), ("code_verifier", VERIFIER)];
            client.assert(jwt, &more).await
        };
        let jwt = key.jwt(&server.assertion_claims(&client));
        redeem(&first, &jwt).await.assert_granted("first");
        redeem(&second, &jwt).await.assert_refused(401, "invalid_client", "the assertion again");
        let jwt = key.jwt(&server.assertion_claims(&client));
        redeem(&second, &jwt).await.assert_granted("the code was left alone");
    }

    // S103: not even for a client that gives our own key set for its own.
    async fn tokens_of_ours_are_no_assertions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let tokens = server.web_client().await.tokens("ada", &[]).await;
        let jwks = server.jwks().await.to_string();
        let fields = ClientFields { jwks: Some(jwks), ..ClientFields::default() };
        let client = server.asserting_client(fields).await;
        let id_token = tokens.json["id_token"].as_str().unwrap();
        for token in [tokens.access_token(), id_token] {
            for more in [vec![], vec![("client_id", client.id.as_str())]] {
                client.assert(token, &more).await.assert_refused(401, "invalid_client", "a token of ours");
            }
        }
    }
}
