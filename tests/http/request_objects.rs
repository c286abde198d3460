//! Request objects by value and by reference (RFC 9101, OIDC Core §6).

use serde_json::{Value, json};

use super::support::assertion::{ClientKey, hs256};
use super::support::client::{CHALLENGE, decode_jwt};
use super::support::requests::{altered, assert_refused, assert_shown, encode, new_client};
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;
use crate::support::listener::{Listener, json as json_answer};

const INSIDE: &str = "https://app.example/inside";

async fn client_of(server: &TestServer, key: &ClientKey) -> Client {
    let mut new = new_client("Signer", &["https://app.example/callback", INSIDE]);
    new.fields.jwks = Some(key.jwks());
    server.add_client(new).await
}

fn request(object: &str) -> (&str, &str) {
    ("request", object)
}

/// A good request object: every parameter of the usual request, state `inside`.
fn members(server: &TestServer, client: &Client) -> Value {
    let now = server.app.clock.now().timestamp();
    json!({
        "iss": client.id, "aud": server.url, "iat": now, "nbf": now, "exp": now + 300, "jti": "1",
        "client_id": client.id, "response_type": "code", "scope": "openid", "redirect_uri": INSIDE, "state": "inside", "nonce": "n",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    })
}

fn with(mut members: Value, name: &str, value: Value) -> Value {
    members[name] = value;
    members
}

async fn get(server: &TestServer, client: &Client, more: &[(&str, &str)]) -> Page {
    Browser::new(&server.url)
        .get(&client.authorize_url(more))
        .await
}

/// A page with a request alone, as RFC 9101 has it.
async fn get_bare(server: &TestServer, client: &Client, object: &str) -> Page {
    let query = encode(&[("client_id", &client.id), ("request", object)]);
    Browser::new(&server.url)
        .get(&format!("/authorize?{query}"))
        .await
}

on_both! {
    // S30: oidcc-ensure-request-object-with-redirect-uri; numbers and texts alike.
    async fn what_is_inside_wins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let key = ClientKey::new("k1");
        let client = client_of(&server, &key).await;
        let good = members(&server, &client);
        let mut browser = Browser::new(&server.url);
        for outside in [&[][..], &[("redirect_uri", "https://evil.example/")], &[("redirect_uri", "")]] {
            let object = key.jwt(&good);
            let more = [outside, &[request(&object), ("nonce", "outside")]].concat();
            let page = client.sign_in(&mut browser, "ada", &more).await;
            assert_eq!(page.returned_to(), INSIDE);
            assert_eq!(page.returned("state").as_deref(), Some("inside"));
            let tokens = client.redeem_with(&page.returned("code").unwrap(), &[("redirect_uri", INSIDE)]).await;
            let (_, claims) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
            assert_eq!(claims["nonce"], "n");
        }
        // OIDC Core §6.1: in an OpenID Connect request the outside fills up what is missing inside.
        let mut little = good.clone();
        for name in ["redirect_uri", "response_type", "scope", "state", "client_id", "iss", "aud", "exp", "nbf", "iat", "jti"] {
            little.as_object_mut().unwrap().remove(name);
        }
        let page = browser.visit(&client.authorize_url(&[request(&key.jwt(&little))])).await;
        assert_eq!(page.returned("state").as_deref(), Some("xyz"), "{:?} {}", page.location(), page.body);
        assert!(page.returned("code").is_some());
        // RFC 9101 §6.3: elsewhere it is not heard.
        let page = get(&server, &client, &[request(&key.jwt(&little)), ("scope", "email")]).await;
        assert_shown(&page, "two redirect URIs are registered, and none is inside");
        let page = get_bare(&server, &client, &key.jwt(&good)).await;
        assert!(page.location().unwrap().starts_with("/login?"));
        let page = get_bare(&server, &client, &key.jwt(&with(good.clone(), "prompt", json!("none")))).await;
        assert!(page.location().unwrap().starts_with(INSIDE), "prompt of inside is heard");
        let long_ago = with(with(good.clone(), "max_age", json!(0)), "prompt", json!("none"));
        let page = browser.visit(&client.authorize_url(&[request(&key.jwt(&long_ago))])).await;
        assert_eq!(page.returned("error").as_deref(), Some("login_required"), "a number is a parameter as well");
        let page = browser.visit(&client.authorize_url(&[request(&key.jwt(&with(good, "resource", json!(["https://nope.example/"]))))])).await;
        assert_eq!(page.returned("error").as_deref(), Some("invalid_target"));
    }

    // S27 S28 S103
    async fn what_is_not_the_clients_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (key, stranger) = (ClientKey::new("k1"), ClientKey::new("k1"));
        let client = client_of(&server, &key).await;
        let other = client_of(&server, &stranger).await;
        let good = members(&server, &client);
        let now = server.app.clock.now().timestamp();
        let header = |header: Value| key.sign(&header, &good);
        let claim = |name: &str, value: Value| key.jwt(&with(good.clone(), name, value));
        let signed = key.jwt(&good);
        let parts: Vec<&str> = signed.split('.').collect();
        let twice = {
            use base64::Engine as _;
            let text = good.to_string().replacen('{', "{\"state\":\"first\",", 1);
            let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
            format!("{}.{payload}.{}", parts[0], parts[2])
        };
        let bad = [
            ("unsigned", format!("{}.{}.", altered_alg("none"), parts[1])),
            ("no signature", format!("{}.{}.", parts[0], parts[1])),
            ("by our shared secret", hs256(client.secret.as_ref().unwrap(), &good)),
            ("another's key", stranger.jwt(&good)),
            ("changed", format!("{}.{}.{}", parts[0], altered(parts[1]), parts[2])),
            ("raw JSON", good.to_string()),
            ("encrypted", format!("{}.a.b.c.d", parts[0])),
            ("typ of another kind", header(json!({"alg": "ES256", "kid": "k1", "typ": "at+jwt"}))),
            ("crit", header(json!({"alg": "ES256", "kid": "k1", "crit": ["exp"], "exp": 1}))),
            ("a key of its own", header(json!({"alg": "ES256", "jwk": stranger.jwk()}))),
            ("unknown kid", header(json!({"alg": "ES256", "kid": "k2"}))),
            ("expired", claim("exp", json!(now - 31))),
            ("not yet", claim("nbf", json!(now + 31))),
            ("iss", claim("iss", json!(other.id))),
            ("aud", claim("aud", json!("https://other.example"))),
            ("aud list", claim("aud", json!(["https://other.example"]))),
            ("client_id", claim("client_id", json!(other.id))),
            ("client_id not a text", claim("client_id", json!(5))),
            ("response_type", claim("response_type", json!("token"))),
            ("request inside", claim("request", json!("x"))),
            ("request_uri inside", claim("request_uri", json!("https://app.example/r"))),
            ("a client assertion", claim("sub", json!(client.id))),
            ("null", claim("prompt", Value::Null)),
            ("a member twice", twice),
            ("nothing", "x".to_owned()),
        ];
        for (case, object) in bad {
            let page = get(&server, &client, &[request(&object)]).await;
            assert_refused(&page, &server.url, "invalid_request_object", case);
            assert_eq!(page.returned_to(), "https://app.example/callback", "{case}: where the outside leads, not the inside");
            let page = get(&server, &client, &[request(&object), ("redirect_uri", "https://evil.example/")]).await;
            assert_shown(&page, case);
            if case != "response_type" {
                assert_shown(&get_bare(&server, &client, &object).await, case);
            }
        }
        let page = get(&server, &other, &[request(&signed)]).await;
        assert_refused(&page, &server.url, "invalid_request_object", "another client's object");
        let page = get(&server, &server.web_client().await, &[request(&signed)]).await;
        assert_refused(&page, &server.url, "invalid_request_object", "a client without keys");
        let page = get(&server, &client, &[request(&signed), ("request_uri", "https://app.example/r")]).await;
        assert_refused(&page, &server.url, "invalid_request", "both");
        let page = Browser::new(&server.url).get(&format!("{}&request=x", client.authorize_url(&[request(&signed)]))).await;
        assert_refused(&page, &server.url, "invalid_request", "twice");
        for good in [
            header(json!({"alg": "ES256", "typ": "JWT"})), header(json!({"alg": "ES256", "typ": "oauth-authz-req+jwt"})),
            header(json!({"alg": "ES256", "typ": "application/oauth-authz-req+jwt"})), claim("aud", json!(["x", server.url])),
            claim("exp", json!(now - 29)), claim("nbf", json!(now + 29)), claim("claims", json!({"userinfo": {"name": null}})),
        ] {
            let page = get(&server, &client, &[request(&good)]).await;
            assert!(page.location().unwrap().starts_with("/login?"), "{:?}", page.location());
        }
    }

    // S27: the registered algorithm is the only one.
    async fn the_algorithm_is_pinned(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let key = ClientKey::new("k1");
        for (alg, is_good) in [("ES256", true), ("RS256", false)] {
            let mut new = new_client("Signer", &["https://app.example/callback", INSIDE]);
            new.fields.jwks = Some(key.jwks());
            new.fields.request_object_signing_alg = Some(alg.to_owned());
            let client = server.add_client(new).await;
            let page = get(&server, &client, &[request(&key.jwt(&members(&server, &client)))]).await;
            assert_eq!(page.returned("error").is_none(), is_good, "{alg}: {:?}", page.location());
        }
    }

    // S29 N: request_uri only as registered, by the guarded fetcher; oidcc-request-uri-signed.
    async fn a_reference_is_followed_only_as_registered(db: TestDatabase) {
        let key = ClientKey::new("k1");
        let (listener, private) = (Listener::text("").await, Listener::text("").await);
        let place = listener.place();
        let server = TestServer::start_with(db, |config| config.outgoing.allow_hosts = vec![place]).await;
        let registered = format!("{}#hash", listener.url());
        let mut new = new_client("Signer", &["https://app.example/callback", INSIDE]);
        new.fields.jwks = Some(key.jwks());
        new.fields.request_uris = Some(vec![registered.clone(), private.url()]);
        let client = server.add_client(new).await;
        for uri in [
            listener.url().as_str(), &format!("{registered}x"), &registered.replace("/x", "/y"), &format!("{}?a", listener.url()),
            "http://169.254.169.254/", "file:///etc/passwd", "urn:ietf:params:oauth:request_uri:x", "x",
        ] {
            let page = get(&server, &client, &[("request_uri", uri)]).await;
            assert_refused(&page, &server.url, "invalid_request_uri", uri);
        }
        assert_eq!(listener.connections(), 0);
        let page = get(&server, &client, &[("request_uri", &private.url())]).await;
        assert_refused(&page, &server.url, "invalid_request_uri", "registered, and not public");
        assert_eq!(private.connections(), 0);
        listener.answer(&json_answer("no-store", &key.jwt(&members(&server, &client))));
        let page = get(&server, &client, &[("request_uri", &registered), ("redirect_uri", "")]).await;
        assert!(page.location().unwrap().starts_with("/login?"), "{:?} {}", page.location(), page.body);
        assert_eq!(listener.connections(), 1);
        let stranger = ClientKey::new("k1");
        let long = "x".repeat(33 * 1024);
        for (body, error) in [(stranger.jwt(&members(&server, &client)), "invalid_request_object"), (long, "invalid_request_uri")] {
            listener.answer(&json_answer("no-store", &body));
            let page = get(&server, &client, &[("request_uri", &registered)]).await;
            assert_refused(&page, &server.url, error, "what came back");
        }
        listener.answer("HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n");
        let page = get(&server, &client, &[("request_uri", &registered)]).await;
        assert_refused(&page, &server.url, "invalid_request_uri", "a redirect");
    }
}

fn altered_alg(alg: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json!({ "alg": alg }).to_string())
}
