//! `POST /introspect` (RFC 7662): who may ask about what, and what is said (S116 to S120, S103, S106, RFC 9701).

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::clients::ClientFields;
use placet::keys::crypto::SigningKey;
use placet::keys::jwt;
use placet::model::signing_key::SigningAlg;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::client::{basic, decode_jwt};
use super::support::requests::{ask, encode};
use super::support::storm::at_once;
use super::support::token_life::INACTIVE;
use super::support::{Client, TestServer};
use crate::support::database::{TestDatabase, on_both};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const GRANT: &[(&str, &str)] = &[("grant_type", "client_credentials")];
const API: &str = "https://api.example/";
const OTHER: &str = "https://other.example/";
const JWT: &str = "application/token-introspection+jwt";

/// A server with two resources, the server of the first, and an app that may use both.
async fn started(db: TestDatabase) -> (TestServer, Client, Client) {
    let server = TestServer::start(db).await;
    server.add_user("ada").await;
    server.add_scope("api:read", "read").await;
    server.add_scope("other:read", "read").await;
    server.add_resource(API, "api:read").await;
    server.add_resource(OTHER, "other:read").await;
    let api = server.resource_server(&[API]).await;
    let grants = ["authorization_code", "refresh_token", "client_credentials"];
    let scope = "openid profile offline_access api:read other:read";
    let app = server.client_with(&grants, scope, &[API, OTHER]).await;
    (server, api, app)
}

fn names(object: &Value) -> BTreeSet<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// That the answer is what the token says, and what introspection adds.
#[track_caller]
fn assert_says_the_same(said: &Value, claims: &Value, added: &[&str]) {
    let mut expected = names(claims);
    expected.extend(["active", "token_type"]);
    expected.extend(added);
    assert_eq!(names(said), expected, "{said}");
    for (name, value) in claims.as_object().unwrap() {
        assert_eq!(said[name], *value, "{name}");
    }
    assert_eq!(
        (&said["active"], &said["token_type"]),
        (&json!(true), &json!("Bearer"))
    );
}

/// A token with another header or other claims, and the signature as it was.
fn bent(token: &str, header: Option<Value>, claims: Option<Value>) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let encode = |value: Option<Value>, old: &str| {
        value.map_or_else(
            || old.to_owned(),
            |value| URL_SAFE_NO_PAD.encode(value.to_string()),
        )
    };
    format!(
        "{}.{}.{}",
        encode(header, parts[0]),
        encode(claims, parts[1]),
        parts[2]
    )
}

on_both! {
    // S120: the same sub, scope, aud and everything else as the JWT, to the resource's server and to the app itself.
    async fn a_live_token_is_told_as_it_tells_itself(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let person = app.tokens("ada", &[("scope", "openid offline_access api:read"), ("resource", API)]).await;
        let machine = app.token(&[GRANT, &[("scope", "api:read"), ("resource", API)]].concat()).await;
        let refreshed = app.refresh(person.refresh_token()).await;
        for (tokens, members) in [(&person, 12), (&machine, 8), (&refreshed, 12)] {
            let (_, claims) = tokens.decoded();
            assert_eq!(names(&claims).len(), members, "{claims}");
            for asker in [&api, &app] {
                assert_says_the_same(&asker.introspect(tokens.access_token()).await, &claims, &[]);
            }
        }
        let named = app.tokens("ada", &[("scope", "openid profile api:read"), ("resource", API)]).await;
        let said = api.introspect(named.access_token()).await;
        assert_says_the_same(&said, &named.decoded().1, &["username"]);
        assert_eq!(said["username"], "ada", "with profile");
        // A hint does not matter, not even a wrong one; what is unknown is ignored.
        for hint in ["access_token", "refresh_token", "nonsense"] {
            let params = [("token", named.access_token()), ("token_type_hint", hint), ("x", "y")];
            assert_eq!(api.call("/introspect", &params, &[]).await.json, said, "{hint}");
        }
        // Pairwise: what the token says, not what we know.
        let pairwise = ClientFields { subject_type: Some("pairwise".to_owned()), ..ClientFields::default() };
        server.change_client(&app, pairwise).await;
        let hidden = app.tokens("ada", &[("scope", "openid api:read"), ("resource", API)]).await;
        assert_ne!(hidden.decoded().1["sub"], named.decoded().1["sub"]);
        assert_says_the_same(&api.introspect(hidden.access_token()).await, &hidden.decoded().1, &[]);
    }

    // A shared secret: the resource's own server and the app may ask; another resource with a secret may not.
    async fn tokens_under_a_shared_secret_are_known_too(db: TestDatabase) {
        let (server, api, _) = started(db).await;
        let (one, two) = ("https://one.example/", "https://two.example/");
        server.add_resource_with(one, "api:read", "HS256", None).await.unwrap();
        let other = server.add_resource_with(two, "api:read", "HS256", None).await.unwrap();
        let app = server.client_with(&["authorization_code", "client_credentials"], "openid api:read", &[one]).await;
        let (its, others) = (server.resource_server(&[one]).await, server.resource_server(&[two]).await);
        let person = app.tokens("ada", &[("scope", "openid api:read")]).await;
        let machine = app.token(GRANT).await;
        for tokens in [&person, &machine] {
            let (_, claims) = tokens.decoded();
            for asker in [&its, &app] {
                assert_says_the_same(&asker.introspect(tokens.access_token()).await, &claims, &[]);
            }
            for asker in [&others, &api] {
                asker.assert_dead(tokens.access_token(), "another's").await;
            }
            let key = SigningKey::from_hmac_secret(None, other.as_bytes()).unwrap();
            its.assert_dead(&jwt::sign(&key, "JWT", &claims).unwrap(), "signed by the other resource").await;
        }
    }

    // S116: 401 and nothing else, whatever is wrong with who asks.
    async fn nobody_asks_without_proof(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let token = app.token(&[GRANT, &[("resource", API), ("scope", "api:read")]].concat()).await.access_token().to_owned();
        let public = server.public_client().await;
        let secret = api.secret.clone().unwrap();
        let with_token = |params: &[(&str, &str)]| encode(&[&[("token", token.as_str())], params].concat());
        let cases = [
            ("nothing", None, with_token(&[])),
            ("no secret", None, with_token(&[("client_id", &api.id)])),
            ("wrong secret", Some(basic(&api.id, "wrong")), with_token(&[])),
            ("another's secret", Some(basic(&app.id, &secret)), with_token(&[])),
            ("unknown client", Some(basic("nobody", &secret)), with_token(&[])),
            ("a token as credential", Some(format!("Bearer {token}")), with_token(&[])),
            ("another method", None, with_token(&[("client_id", &api.id), ("client_secret", &secret)])),
            ("public client", None, with_token(&[("client_id", &public.id)])),
        ];
        for (what, authorization, body) in cases {
            let mut headers = vec![FORM];
            headers.extend(authorization.as_deref().map(|value| ("authorization", value)));
            let page = ask(&server, Method::POST, "/introspect", &headers, &body).await;
            assert_eq!(page.status, 401, "{what}: {}", page.body);
            let json: Value = serde_json::from_str(&page.body).unwrap();
            assert_eq!(json["error"], "invalid_client", "{what}");
            assert_eq!(names(&json), ["error", "error_description", "error_uri"].into(), "{what}");
            assert!(page.headers.contains_key("www-authenticate"), "{what}");
            assert_eq!(page.header("cache-control"), "no-store", "{what}");
        }
        let authorization = basic(&api.id, &secret);
        let headers = [FORM, ("authorization", authorization.as_str())];
        for (what, path, body, status) in [
            ("no token", "/introspect", String::new(), 400),
            ("two tokens", "/introspect", with_token(&[("token", "x")]), 400),
            ("in the address", &format!("/introspect?token={token}"), with_token(&[]), 400),
        ] {
            let page = ask(&server, Method::POST, path, &headers, &body).await;
            assert_eq!(page.status.as_u16(), status, "{what}");
            assert!(page.body.contains("invalid_request") && !page.body.contains("active"), "{what}: {}", page.body);
        }
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let page = ask(&server, method.clone(), &format!("/introspect?token={token}"), &headers, "").await;
            assert_eq!(page.status, 405, "{method}");
            assert_eq!(page.header("allow"), "POST");
        }
        let json = [("content-type", "application/json"), ("authorization", authorization.as_str())];
        assert_eq!(ask(&server, Method::POST, "/introspect", &json, "{}").await.status, 415);
    }

    // S117, S103: every token that is not a live access token for the one who asks gets the same three words.
    async fn whatever_is_not_good_is_inactive(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let asked = [("scope", "openid offline_access api:read"), ("resource", API)];
        let code = app.code("ada", &asked).await;
        api.assert_dead(&code, "a code").await;
        app.assert_dead(&code, "a code, to its client").await;
        let tokens = app.redeem(&code).await;
        let access = tokens.access_token();
        let id_token = tokens.json["id_token"].as_str().unwrap();
        let signature = access.rfind('.').unwrap() + 1;
        for (what, token) in [
            ("a word", "x".to_owned()),
            ("blank", " ".to_owned()),
            ("dots", "..".to_owned()),
            ("NUL", "\0".to_owned()),
            ("not ASCII", "t\u{e9}".to_owned()),
            ("over-long", "x".repeat(60_000)),
            ("over-long dots", "a.".repeat(20_000)),
            ("over-long opaque", format!("placet_at_{}", "A".repeat(40_000))),
            ("over-long refresh token", format!("placet_rt_{}", "A".repeat(40_000))),
            ("unknown refresh token", format!("placet_rt_{}", URL_SAFE_NO_PAD.encode([7; 52]))),
            ("unknown opaque", format!("placet_at_{}", URL_SAFE_NO_PAD.encode([7; 300]))),
            ("ID token", id_token.to_owned()),
            ("cut", access[..access.len() - 1].to_owned()),
            ("no signature", access[..signature].to_owned()),
            ("longer", format!("{access}A")),
            ("padded", format!("{access}=")),
            ("its id alone", tokens.decoded().1["jti"].as_str().unwrap().to_owned()),
            ("a secret", api.secret.clone().unwrap()),
        ] {
            for asker in [&api, &app] {
                asker.assert_dead(&token, what).await;
            }
        }
        let authorization = basic(&api.id, api.secret.as_deref().unwrap());
        let headers = [FORM, ("authorization", authorization.as_str())];
        for token in ["x", tokens.refresh_token(), id_token] {
            let page = ask(&server, Method::POST, "/introspect", &headers, &encode(&[("token", token)])).await;
            assert_eq!((page.status.as_u16(), page.body.as_str()), (200, INACTIVE), "byte for byte");
        }
        api.assert_dead(tokens.refresh_token(), "a refresh token is its client's affair").await;
        api.assert_live(access, "all the while").await;
        server.advance(599);
        api.assert_live(access, "a second before its end").await;
        server.advance(1);
        api.assert_dead(access, "at its end").await;
        app.assert_dead(access, "at its end, to its client").await;
    }

    // S118, S111: tokens for another audience, or of another client.
    async fn a_resource_server_asks_about_its_own_audience_alone(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let stranger = server.service_client().await;
        let both = server.resource_server(&[OTHER, API]).await;
        for (resource, scope) in [(API, "api:read"), (OTHER, "other:read")] {
            let asked = [("scope", scope), ("resource", resource)];
            let person = app.tokens("ada", &[("scope", &*format!("openid offline_access {scope}")), ("resource", resource)]).await;
            let machine = app.token(&[GRANT, &asked].concat()).await;
            for token in [person.access_token(), machine.access_token()] {
                both.assert_live(token, resource).await;
                app.assert_live(token, resource).await;
                stranger.assert_dead(token, "another client's").await;
                if resource == API {
                    api.assert_live(token, resource).await;
                } else {
                    api.assert_dead(token, resource).await;
                }
            }
            stranger.assert_dead(person.refresh_token(), "another client's refresh token").await;
        }
        // For this server itself: nobody's but the client's.
        let own = app.tokens("ada", &[("scope", "openid")]).await;
        assert_eq!(own.decoded().1["aud"], server.url);
        api.assert_dead(own.access_token(), "for the issuer").await;
        app.assert_live(own.access_token(), "its own").await;
    }

    // Policy (S117): a refresh token is told to its client, and only the newest is good.
    async fn a_client_asks_about_its_refresh_token(db: TestDatabase) {
        let (server, _, app) = started(db).await;
        let first = app.tokens("ada", &[("scope", "openid offline_access")]).await;
        let said = app.introspect(first.refresh_token()).await;
        assert_eq!(names(&said), ["active", "client_id", "exp", "iat", "iss", "scope", "sub"].into());
        assert_eq!(said["sub"], first.decoded().1["sub"]);
        assert_eq!(said["scope"], "offline_access openid");
        assert_eq!(said["client_id"], app.id);
        let now = server.app.clock.now().timestamp();
        assert_eq!(said["exp"], now + 30 * 86_400, "idle that long, it is dead");
        let second = app.refresh(first.refresh_token()).await;
        app.assert_dead(first.refresh_token(), "rotated").await;
        app.assert_live(second.refresh_token(), "the newest").await;
        assert_eq!(app.refresh(first.refresh_token()).await.refresh_token(), second.refresh_token(), "asking moved nothing");
        server.advance(30 * 86_400);
        app.assert_dead(second.refresh_token(), "idle for too long").await;
    }

    // S106: nothing that we did not sign, whatever its header says.
    async fn a_forged_token_is_inactive(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let token = app.tokens("ada", &[("scope", "openid api:read"), ("resource", API)]).await.access_token().to_owned();
        let (header, claims) = decode_jwt(&token);
        let kid = header["kid"].as_str().unwrap();
        let with = |name: &str, value: Value| {
            let mut header = header.clone();
            header[name] = value;
            bent(&token, Some(header), None)
        };
        let mut wider = claims.clone();
        wider["scope"] = json!("openid api:read other:read");
        let parts: Vec<&str> = token.split('.').collect();
        let doubled = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap().replacen('{', "{\"sub\":\"x\",", 1);
        let mut forged = vec![
            ("alg none", bent(&token, Some(json!({"alg": "none", "typ": "at+jwt"})), None)),
            ("alg none, unsigned", format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"nOnE","typ":"at+jwt"}"#), parts[1])),
            ("another curve", with("alg", json!("ES384"))),
            ("another algorithm", with("alg", json!("RS256"))),
            ("a shared secret's", with("alg", json!("HS256"))),
            ("crit", with("crit", json!(["exp"]))),
            ("kid as path", with("kid", json!("../../../dev/null"))),
            ("kid as SQL", with("kid", json!("' OR 1=1 --"))),
            ("jwk", with("jwk", json!({"kty": "EC"}))),
            ("jku", with("jku", json!("https://evil.example/jwks.json"))),
            ("typ", with("typ", json!("JWT"))),
            ("other claims", bent(&token, None, Some(wider))),
            ("a claim twice", format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(doubled), parts[2])),
        ];
        // Keys of the attacker's, with our kid, a path or SQL for theirs.
        let (_, pkcs8) = SigningKey::generate(SigningAlg::ES256).unwrap();
        for (what, kid) in [("our kid", kid), ("a path", "../../../dev/null"), ("SQL", "' OR '1'='1")] {
            let key = SigningKey::from_pkcs8(SigningAlg::ES256, kid.to_owned(), pkcs8.expose()).unwrap();
            forged.push((what, jwt::sign(&key, "at+jwt", &claims).unwrap()));
        }
        // Our public keys as shared secrets, in every form that somebody may have them.
        let jwks = server.jwks().await;
        for key in jwks["keys"].as_array().unwrap() {
            let text = key.to_string();
            let member = key.get("n").or(key.get("x")).unwrap().as_str().unwrap();
            for secret in [text.as_bytes(), member.as_bytes(), &URL_SAFE_NO_PAD.decode(member).unwrap()] {
                for (kid, typ) in [(key["kid"].as_str(), "at+jwt"), (None, "JWT")] {
                    let key = SigningKey::from_hmac_secret(kid, secret).unwrap();
                    forged.push(("our public key as secret", jwt::sign(&key, typ, &claims).unwrap()));
                }
            }
        }
        for (what, forged) in forged {
            api.assert_dead(&forged, what).await;
            app.assert_dead(&forged, what).await;
            app.revoked(&forged).await;
        }
        api.assert_live(&token, "and no forgery revokes it").await;
    }

    // S119: guessing reaches no database, so it costs little and tells nothing: here there is none to reach.
    async fn scanning_for_tokens_reaches_no_database(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let live = app.tokens("ada", &[("scope", "openid api:read"), ("resource", API)]).await.access_token().to_owned();
        api.assert_live(&live, "the database is there").await;
        server.app.store.close().await;
        let parts: Vec<String> = live.split('.').map(str::to_owned).collect();
        let rounds = at_once(8, |task| {
            let (api, parts) = (api.clone(), parts.clone());
            async move {
                let mut wrong = 0;
                for index in 0..1250 {
                    let random = placet::random::token("");
                    let random = random.expose();
                    let token = match (task + index) % 4 {
                        0 => random.clone(),
                        1 => format!("placet_at_{random}"),
                        2 => format!("{}.{}.{random}{random}", parts[0], parts[1]),
                        _ => format!("placet_rt_{random}"),
                    };
                    let said = api.ask(&token).await;
                    wrong += usize::from(said.status != 200 || said.json != json!({"active": false}));
                }
                wrong
            }
        })
        .await;
        assert_eq!(rounds, [0; 8], "of 10,000");
        // A real one does ask, and an error is neither alive nor dead.
        let failed = api.ask(&live).await;
        failed.assert_refused(500, "server_error", "no database");
        assert!(failed.json.get("active").is_none());
    }

    // RFC 9701: signed for the one who asked, so that it can be kept as evidence.
    async fn an_answer_can_be_a_signed_jwt(db: TestDatabase) {
        let (server, api, app) = started(db).await;
        let token = app.tokens("ada", &[("scope", "openid api:read"), ("resource", API)]).await.access_token().to_owned();
        let plain = api.introspect(&token).await;
        for alg in ["RS256", "ES256", "EdDSA"] {
            if alg != "RS256" {
                let fields = ClientFields { introspection_signed_response_alg: Some(alg.to_owned()), ..ClientFields::default() };
                server.change_client(&api, fields).await;
            }
            for (token, expected) in [(token.as_str(), plain.clone()), ("garbage", json!({"active": false}))] {
                let accept = [("accept", "text/html, application/token-introspection+JWT;q=0.9")];
                let answer = api.call("/introspect", &[("token", token)], &accept).await;
                assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, JWT));
                assert_eq!(answer.header("cache-control"), "no-store");
                let jwt = answer.json.as_str().unwrap();
                let (header, claims) = decode_jwt(jwt);
                assert_eq!((&header["typ"], &header["alg"]), (&json!("token-introspection+jwt"), &json!(alg)));
                // No exp and no sub, so that it never passes for a token (§5).
                assert_eq!(names(&claims), ["aud", "iat", "iss", "token_introspection"].into());
                assert_eq!(claims["token_introspection"], expected);
                assert_eq!((&claims["iss"], &claims["aud"]), (&json!(server.url), &json!(api.id)));
                let with_no_end = server.try_verify(jwt, "token-introspection+jwt", alg, Some(&api.id)).await;
                assert_eq!(with_no_end.unwrap_err().to_string(), "the token's claims are refused: no exp", "signed all the same");
                api.assert_dead(jwt, "S103: an answer is no token").await;
            }
        }
        for accept in ["application/json", "*/*", "application/token-introspection+jwt;q=0", "application/token-introspection+jwt; q=0.5, application/json"] {
            let answer = api.call("/introspect", &[("token", &token)], &[("accept", accept)]).await;
            assert_eq!(answer.json, plain, "{accept}");
            assert_eq!(answer.header("content-type"), "application/json");
        }
        for accept in ["application/json, application/token-introspection+jwt", "application/token-introspection+jwt, application/json;q=0.9"] {
            let answer = api.call("/introspect", &[("token", &token)], &[("accept", accept)]).await;
            assert_eq!(answer.header("content-type"), JWT, "{accept}");
        }
        let refused = api.at(&server).call("/introspect", &[], &[("accept", JWT)]).await;
        refused.assert_refused(400, "invalid_request", "errors are JSON");
    }
}
