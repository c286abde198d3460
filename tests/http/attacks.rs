//! Attacks on the token endpoint: a token of one kind in the place of another (S103), forged refresh tokens, interception.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::support::client::{Client, basic};
use super::support::clients::encode;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

const OFFLINE: &[(&str, &str)] = &[("scope", "openid offline_access")];

on_both! {
    // S103: everything that a turn yields, in every place where something else belongs.
    async fn no_token_passes_for_another_kind(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.sign_in.attempts_per_account = 100).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let legacy = server.client_with(&["password", "client_credentials"], "openid", &[]).await;
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "ada", OFFLINE).await;
        let used_code = page.returned("code").unwrap();
        let tokens = client.redeem(&used_code).await;
        let fresh_code = client.code("ada", OFFLINE).await;
        let session = browser.cookies["placet_session"].clone();
        let (id_token, access) = (tokens.json["id_token"].as_str().unwrap(), tokens.access_token());
        let (refresh, secret) = (tokens.refresh_token(), client.secret.clone().unwrap());
        let csrf = browser.cookies["placet_browser"].clone();
        let all: [(&str, &str); 8] = [
            ("access token", access),
            ("ID token", id_token),
            ("refresh token", refresh),
            ("code", &fresh_code),
            ("session", &session),
            ("client secret", &secret),
            ("form cookie", &csrf),
            ("client id", &client.id),
        ];
        for (kind, value) in all {
            if kind != "code" {
                client.redeem(value).await.assert_refused(400, "invalid_grant", &format!("{kind} as code"));
            }
            if kind != "refresh token" {
                client.refresh(value).await.assert_refused(400, "invalid_grant", &format!("{kind} as refresh token"));
            }
            if kind != "client secret" {
                let headers = |authorization: String| {
                    [("content-type", "application/x-www-form-urlencoded".to_owned()), ("authorization", authorization)]
                };
                let body = format!("grant_type=refresh_token&refresh_token={refresh}");
                let answer = client.post_token(&headers(basic(&client.id, value)), body.clone()).await;
                answer.assert_refused(401, "invalid_client", &format!("{kind} as secret"));
                let answer = client.post_token(&headers(format!("Bearer {value}")), body).await;
                answer.assert_refused(401, "invalid_client", &format!("{kind} as bearer credentials"));
            }
            let assertion = [
                ("grant_type", "authorization_code"),
                ("client_id", &client.id),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", value),
                ("code", &fresh_code),
            ];
            let form = [("content-type", "application/x-www-form-urlencoded".to_owned())];
            let answer = client.post_token(&form, encode(&assertion)).await;
            answer.assert_refused(401, "invalid_client", &format!("{kind} as client assertion"));
            legacy.password("ada", value).await.assert_refused(400, "invalid_grant", &format!("{kind} as password"));
            if kind != "session" {
                let mut thief = Browser::new(&server.url);
                thief.cookies.insert("placet_session".to_owned(), value.to_owned());
                let page = thief.visit(&client.authorize_url(&[("prompt", "none")])).await;
                assert_eq!(page.returned("error").as_deref(), Some("login_required"), "{kind} as session");
            }
        }
        // RFC 9068 §4: an ID token is no access token, whoever verifies.
        assert!(server.try_verify(id_token, "at+jwt", "RS256", None).await.is_err());
        assert!(server.try_verify(access, "JWT", "ES256", None).await.is_err());
        // Nothing of this burnt anything.
        client.redeem(&fresh_code).await.assert_granted("the code as code");
        client.refresh(refresh).await.assert_granted("the refresh token as refresh token");
    }

    // Whoever knows a grant's id (it is in the access token's jti) can neither forge its refresh token nor end the grant.
    async fn forged_refresh_tokens_do_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let (client, other) = (server.web_client().await, server.web_client().await);
        let zero = client.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        let live = client.refresh(&zero).await.refresh_token().to_owned();
        let theirs = other.tokens("ada", OFFLINE).await.refresh_token().to_owned();
        let bytes = |token: &str| URL_SAFE_NO_PAD.decode(token.strip_prefix("placet_rt_").unwrap()).unwrap();
        let make = |id: &[u8], step: u32, code: &[u8]| {
            format!("placet_rt_{}", URL_SAFE_NO_PAD.encode([id, &step.to_be_bytes(), code].concat()))
        };
        let (own, stranger) = (bytes(&live), bytes(&theirs));
        let (id, code) = (&own[..16], &own[20..]);
        let mut flipped = code.to_vec();
        flipped[31] ^= 1;
        let forged = [
            make(id, 0, code),
            make(id, 0, &[0; 32]),
            make(id, 1, &[0; 32]),
            make(id, 1, &flipped),
            make(id, 2, code),
            make(id, u32::MAX, code),
            make(id, 1, &stranger[20..]),
            make(&stranger[..16], 1, code),
            make(&[0; 16], 0, code),
            make(id, 1, &code[..31]),
            make(id, 1, &[code, &[0]].concat()),
            live.replace("placet_rt_", ""),
            live.replace("placet_rt_", "placet_ac_"),
            format!("{live}="),
            format!(" {live}"),
            live[..live.len() - 1].to_owned(),
            live.to_lowercase(),
            "placet_rt_".to_owned(),
            "a".repeat(50_000),
            "\0".to_owned(),
        ];
        for token in &forged {
            client.refresh(token).await.assert_refused(400, "invalid_grant", token);
        }
        client.token(&[("grant_type", "refresh_token")]).await.assert_refused(400, "invalid_request", "none");
        assert_eq!(server.count_events("refresh_token_replayed").await, 0);
        client.refresh(&live).await.assert_granted("the live one lives");
        other.refresh(&theirs).await.assert_granted("and the stranger's");
    }

    // S84: guessing a verifier for a stolen code is bounded by the code's minute, and ends nothing for its owner.
    async fn a_stolen_code_is_useless_without_its_verifier(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let public = server.public_client().await;
        let code = public.code("ada", OFFLINE).await;
        for guess in 0..20 {
            let verifier = format!("guess-{guess:0>40}");
            public.redeem_with(&code, &[("code_verifier", &verifier)]).await.assert_refused(400, "invalid_grant", &verifier);
        }
        public.redeem(&code).await.assert_granted("the owner, within the minute");
        let code = public.code("ada", OFFLINE).await;
        server.advance(60);
        public.redeem(&code).await.assert_refused(400, "invalid_grant", "after the minute even with the verifier");
    }

    // RFC 9700 §4.4 (mix-up): a code that was meant for one app, put into the other's callback, gives the other nothing, and
    // its own app keeps it. With PKCE also where both apps are one client (RFC 9700 §4.5, code injection).
    async fn an_injected_code_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        server.add_user("eve").await;
        let client = server.web_client().await;
        let other_verifier = "M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag";
        let stolen = client.code("ada", OFFLINE).await;
        // Eve's session at the app has a verifier of its own.
        let answer = client.redeem_with(&stolen, &[("code_verifier", other_verifier)]).await;
        answer.assert_refused(400, "invalid_grant", "ada's code in eve's session");
        client.redeem(&stolen).await.assert_granted("ada's own");
    }

    // S98: the subject of a client's token is its id, which no person has; it is no way to be a person.
    async fn a_clients_token_is_nobodys(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let service: Client = server.service_client().await;
        let web = server.web_client().await;
        let own = service.token(&[("grant_type", "client_credentials"), ("sub", "ada"), ("username", "ada")]).await;
        let person = web.tokens("ada", OFFLINE).await;
        assert_eq!(own.decoded().1["sub"], service.id);
        assert_ne!(own.decoded().1["sub"], person.decoded().1["sub"]);
        assert!(own.json.get("refresh_token").is_none() && own.json.get("id_token").is_none());
    }
}
