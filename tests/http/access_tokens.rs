//! Access tokens as resource servers see them: RFC 9068, one audience, one algorithm for each key (S104 to S109).

use std::collections::{BTreeSet, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::admin::keys;
use placet::admin::users::NewUser;

use super::support::client::{Tokens, decode_jwt};
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

fn names(object: &serde_json::Value) -> BTreeSet<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

/// The random bytes after the last prefix of an opaque value.
fn random_part(value: &str, prefix: &str) -> Vec<u8> {
    let text = value
        .strip_prefix(prefix)
        .unwrap_or_else(|| panic!("{value} has not the prefix {prefix}"));
    URL_SAFE_NO_PAD
        .decode(text)
        .unwrap_or_else(|_| panic!("{value} is not base64url"))
}

/// That every byte of these values varies as random ones do: in 40 of them, each position shows at least 25 different bytes
/// (the chance of fewer is below 10^-6), and no two values share a run at the same place.
fn assert_random(values: &[Vec<u8>], what: &str) {
    assert!(values.len() >= 40);
    let length = values[0].len();
    assert!(length * 8 >= 128, "{what}: {length} bytes");
    for at in 0..length {
        let seen: HashSet<u8> = values.iter().map(|value| value[at]).collect();
        assert!(
            seen.len() >= 25,
            "{what}: byte {at} takes {} values in {}",
            seen.len(),
            values.len()
        );
    }
    for start in 0..length - 4 {
        let runs: HashSet<&[u8]> = values
            .iter()
            .map(|value| &value[start..start + 5])
            .collect();
        assert_eq!(
            runs.len(),
            values.len(),
            "{what}: a run at {start} comes twice"
        );
    }
}

on_both! {
    // S104, S108, surface.md: exactly these claims.
    async fn a_persons_token_has_the_claims_of_rfc_9068_and_no_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user_with(NewUser {
            username: "ada".to_owned(),
            email: Some("ada@example.com".to_owned()),
            is_email_verified: true,
            name: Some("Ada Lovelace".to_owned()),
            roles: vec!["editor".to_owned(), "auditor".to_owned()],
            ..NewUser::default()
        })
        .await;
        let client = server.web_client().await;
        let tokens = client.tokens("ada", &[("scope", "openid profile email offline_access"), ("nonce", "n")]).await;
        let (header, _) = tokens.decoded();
        assert_eq!(names(&header), ["alg", "kid", "typ"].map(str::to_owned).into());
        assert_eq!(header["typ"], "at+jwt");
        assert_eq!(header["alg"], "ES256");
        let claims = server.verify(tokens.access_token(), "at+jwt", "ES256", &server.url).await;
        let expected = ["iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope", "auth_time", "acr", "amr", "roles"];
        assert_eq!(names(&claims), expected.map(str::to_owned).into());
        let now = server.app.clock.now().timestamp();
        assert_eq!(claims["iss"], server.url);
        assert_eq!(claims["aud"], server.url);
        assert_eq!(claims["client_id"], client.id);
        assert_eq!(claims["iat"], now);
        assert_eq!(claims["exp"], now + 600);
        assert_eq!(claims["auth_time"], now);
        assert_eq!(claims["scope"], "email offline_access openid profile");
        assert_eq!(claims["roles"], serde_json::json!(["editor", "auditor"]));
        claims["sub"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
        let whole = format!("{header}{claims}");
        for personal in ["ada@example.com", "Lovelace", "\"ada\""] {
            assert!(!whole.contains(personal), "{personal} in {whole}");
        }
        server.advance(600);
        let refused = server.try_verify(tokens.access_token(), "at+jwt", "ES256", Some(&server.url)).await;
        assert_eq!(refused.unwrap_err().to_string(), "the token has expired");
    }

    // Issue, point 7: each algorithm's signature holds, with its own key; lifetimes are the resource's.
    async fn a_resource_chooses_algorithm_and_lifetime(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_scope("x:read", "read x").await;
        let mut kids = BTreeSet::new();
        for (alg, ttl) in [("ES256", None), ("EdDSA", Some(10)), ("RS256", Some(60)), ("PS256", Some(86_400))] {
            let uri = format!("https://{}.example/api", alg.to_lowercase());
            assert!(server.add_resource_with(&uri, "x:read", alg, ttl).await.is_none(), "no secret but for HS256");
            let client = server.client_with(&["client_credentials"], "x:read", &[&uri]).await;
            let tokens = client.token(&[GRANT]).await;
            tokens.assert_granted(alg);
            assert_eq!(tokens.json["expires_in"], ttl.unwrap_or(600));
            assert_eq!(tokens.decoded().0["alg"], alg);
            let claims = server.verify(tokens.access_token(), "at+jwt", alg, &uri).await;
            assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), i64::try_from(ttl.unwrap_or(600)).unwrap());
            kids.insert(tokens.decoded().0["kid"].as_str().unwrap().to_owned());
            // A bent signature, a bent payload: what verifies above does not verify anything.
            let (rest, signature) = tokens.access_token().rsplit_once('.').unwrap();
            let other = if signature.starts_with('A') { "B" } else { "A" };
            let bent = format!("{rest}.{other}{}", &signature[1..]);
            let refused = server.try_verify(&bent, "at+jwt", alg, Some(&uri)).await;
            assert_eq!(refused.unwrap_err().to_string(), "the token's signature is wrong", "{alg}");
        }
        assert_eq!(kids.len(), 4, "no key serves two algorithms");
    }

    // Issue, point 7: a shared secret, and no aud: what `python-jose` accepts without being told of an audience. Without aud
    // it is no token of RFC 9068, and does not say so.
    async fn an_hs256_resource_has_a_secret_of_its_own(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user_with(NewUser { username: "ada".to_owned(), roles: vec!["editor".to_owned()], ..NewUser::default() }).await;
        server.add_scope("x:read", "read x").await;
        let (one, two) = ("https://one.example/", "https://two.example/");
        let secret = server.add_resource_with(one, "x:read", "HS256", Some(1800)).await.unwrap();
        let other = server.add_resource_with(two, "x:read", "HS256", None).await.unwrap();
        assert_ne!(secret, other);
        let grants = ["authorization_code", "refresh_token", "client_credentials"];
        let client = server.client_with(&grants, "openid x:read", &[one]).await;
        let person = client.tokens("ada", &[("scope", "openid x:read")]).await;
        let machine = client.token(&[GRANT]).await;
        let refreshed = client.refresh(person.refresh_token()).await;
        for (tokens, sub) in [(&person, None), (&machine, Some(&client.id)), (&refreshed, None)] {
            let (header, _) = tokens.decoded();
            assert_eq!(header["alg"], "HS256");
            let claims = server.verify_shared(tokens.access_token(), &secret).unwrap();
            assert!(claims.get("aud").is_none());
            assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 1800);
            match sub {
                Some(sub) => assert_eq!(claims["sub"], *sub),
                None => assert_eq!(claims["roles"], serde_json::json!(["editor"])),
            }
            assert!(server.verify_shared(tokens.access_token(), &other).is_err(), "not the other resource's");
            assert!(server.verify_shared(tokens.access_token(), client.secret.as_deref().unwrap()).is_err());
        }
        // The ID token is the client's, and is signed by a published key all the same.
        server.verify(person.json["id_token"].as_str().unwrap(), "JWT", "RS256", &client.id).await;
        let jwks = server.jwks().await.to_string();
        assert!(!jwks.contains("\"oct\"") && !jwks.contains(&secret), "{jwks}");
    }

    // S105: never "everything": one resource, or the issuer; scopes of another resource do not come along.
    async fn a_token_is_for_one_resource(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_scope("a:read", "read a").await;
        server.add_scope("b:read", "read b").await;
        let (a, b) = ("https://a.example/", "https://b.example/");
        server.add_resource(a, "a:read").await;
        server.add_resource(b, "b:read").await;
        let client = server.client_with(&["authorization_code", "refresh_token"], "openid a:read b:read", &[a, b]).await;
        let all = ("scope", "openid a:read b:read");
        for (asked, aud, scope) in [
            (vec![("scope", "openid a:read"), ("resource", a)], a, "a:read openid"),
            (vec![("scope", "openid b:read"), ("resource", b)], b, "b:read openid"),
            (vec![all], server.url.as_str(), "a:read b:read openid"),
        ] {
            let tokens = client.tokens("ada", &asked).await;
            let refreshed = client.refresh(tokens.refresh_token()).await;
            for tokens in [&tokens, &refreshed] {
                let claims = server.verify(tokens.access_token(), "at+jwt", "ES256", aud).await;
                assert_eq!(claims["aud"], aud);
                assert_eq!(claims["scope"], scope);
                assert_eq!(tokens.json["scope"], scope);
            }
            let other = if aud == a { b } else { a };
            let params = [("grant_type", "refresh_token"), ("refresh_token", refreshed.refresh_token()), ("resource", other)];
            client.token(&params).await.assert_refused(400, "invalid_target", "another resource than granted");
            client.refresh(refreshed.refresh_token()).await.assert_granted("and nothing burnt");
        }
        let mixed = client.authorize_url(&[all, ("resource", a)]);
        let page = Browser::new(&server.url).visit(&mixed).await;
        assert_eq!(page.returned("error").as_deref(), Some("invalid_scope"), "b:read means nothing at a");
        let code = client.code("ada", &[("scope", "openid a:read"), ("resource", a)]).await;
        client.redeem_with(&code, &[("resource", b)]).await.assert_refused(400, "invalid_target", "at the code");
        client.redeem_with(&code, &[("resource", a)]).await.assert_granted("the one granted");
    }

    // S107, S132: after rotations still no kid twice, each key with one alg, and tokens of before verify.
    async fn keys_have_one_id_and_one_algorithm_each(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.service_client().await;
        let before = client.token(&[GRANT]).await;
        for is_now in [false, true, true] {
            server.advance(1);
            keys::rotate(&server.app, &TestServer::by(), None, is_now).await.unwrap();
        }
        let jwks = server.jwks().await;
        let all = jwks["keys"].as_array().unwrap();
        let kids: BTreeSet<&str> = all.iter().map(|key| key["kid"].as_str().unwrap()).collect();
        assert_eq!(kids.len(), all.len());
        for key in all {
            let (alg, kty) = (key["alg"].as_str().unwrap(), key["kty"].as_str().unwrap());
            assert!(matches!((alg, kty), ("ES256", "EC") | ("RS256", "RSA")), "{key}");
            assert_eq!(key["use"], "sig");
            for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
                assert!(key.get(private).is_none(), "{private}");
            }
        }
        let after = client.token(&[GRANT]).await;
        assert_ne!(before.decoded().0["kid"], after.decoded().0["kid"]);
        for tokens in [before, after] {
            server.verify(tokens.access_token(), "at+jwt", "ES256", &server.url).await;
        }
    }

    // S109: by sample and charset. The id and the step of a grant that a refresh token carries beside its 256 bits are left
    // out of the sample: they shorten nothing.
    async fn opaque_values_are_random_enough(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let mut browser = Browser::new(&server.url);
        let (mut codes, mut refresh, mut ids, mut cookies) = (vec![], vec![], HashSet::new(), vec![]);
        for index in 0..40 {
            let page = client.sign_in(&mut browser, "ada", &[("scope", "openid offline_access")]).await;
            let code = page.returned("code").unwrap();
            let tokens: Tokens = client.redeem(&code).await;
            codes.push(random_part(&code, "placet_ac_"));
            let value = random_part(tokens.refresh_token(), "placet_rt_");
            assert_eq!(value.len(), 16 + 4 + 32);
            refresh.push(value[20..].to_vec());
            ids.insert(decode_jwt(tokens.access_token()).1["jti"].as_str().unwrap().to_owned());
            let mut other = Browser::new(&server.url);
            let page = other.visit("/login").await;
            other.log_in(&page, "ada").await;
            cookies.push(random_part(&other.cookies["placet_session"], "placet_s_"));
            assert_eq!(codes.len(), index + 1);
        }
        assert!(codes.iter().chain(&cookies).chain(&refresh).all(|value| value.len() == 32), "256 bits");
        assert_random(&codes, "codes");
        assert_random(&refresh, "refresh tokens");
        assert_random(&cookies, "sessions");
        assert_eq!(ids.len(), 40);
        let mut secrets = vec![];
        for _ in 0..40 {
            let client: Client = server.web_client().await;
            secrets.push(random_part(client.secret.as_deref().unwrap(), "placet_cs_"));
        }
        assert_random(&secrets, "client secrets");
    }
}
