//! More than a password: asked for by a request (RFC 9470 §4, OIDC Core §5.5.1.1), by a client, or by this installation.

use std::collections::BTreeMap;

use placet::admin::clients::ClientFields;
use placet::admin::users::NewUser;
use serde_json::{Value, json};

use super::factors::App;
use super::second_factor::password_typed;
use super::support::authenticator::Authenticator;
use super::support::client::decode_jwt;
use super::support::requests::assert_refused;
use super::support::server::start_of_time;
use super::support::{Browser, Client, Page, TestServer};
use crate::support::database::on_both;

/// The claims of the access token and of the ID token.
async fn claims(client: &Client, page: &Page) -> (Value, Value) {
    let code = page
        .returned("code")
        .unwrap_or_else(|| panic!("{:?} {}", page.location(), page.body));
    let tokens = client.redeem(&code).await;
    (
        tokens.decoded().1,
        decode_jwt(tokens.json["id_token"].as_str().unwrap()).1,
    )
}

/// Signed in by a password, for a client that was allowed; then a second factor is set up.
async fn weak_session(server: &TestServer, client: &Client) -> (Browser, Authenticator, Value) {
    server.add_user("ada").await;
    let mut browser = Browser::new(&server.url);
    let page = client.sign_in(&mut browser, "ada", &[]).await;
    let (access, id) = claims(client, &page).await;
    for claims in [&access, &id] {
        assert_eq!(
            (&claims["acr"], &claims["amr"]),
            (&json!("pwd"), &json!(["pwd"])),
            "{claims}"
        );
    }
    let app = Authenticator::set_up(server, "ada").await;
    (browser, app, id)
}

on_both! {
    // S40, RFC 9470 §4
    async fn only_what_is_missing_is_asked_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let (mut browser, app, before) = weak_session(&server, &client).await;
        server.advance(300);
        let cookie = browser.cookies["placet_session"].clone();
        for (more, error) in [
            (vec![("prompt", "none"), ("acr_values", "mfa")], "unmet_authentication_requirements"),
            (vec![("prompt", "none")], "login_required"),
        ] {
            let page = browser.clone().visit(&client.authorize_url(&more)).await;
            assert_refused(&page, &server.url, error, "silent");
        }
        let page = browser.visit(&client.authorize_url(&[("acr_values", "gold mfa")])).await;
        assert_eq!(page.heading_kind(), "verify", "no password: {}", page.body);
        assert!(page.text().contains("Then you continue to Photo Printer"), "{}", page.text());
        let wrong = app.wrong_code(&server, 0);
        let page = browser.submit(&page, &[("code", &wrong)]).await;
        assert_eq!(browser.cookies["placet_session"], cookie);
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_ne!(browser.cookies["placet_session"], cookie, "the cookie's value is new");
        let (access, id) = claims(&client, &page).await;
        for claims in [&access, &id] {
            assert_eq!((&claims["acr"], &claims["amr"]), (&json!("mfa"), &json!(["pwd", "otp", "mfa"])), "{claims}");
            assert_eq!(claims["auth_time"], before["auth_time"], "the password was shown then: {claims}");
        }
        assert_eq!(id["sid"], before["sid"], "the session is the same one");
        let mut old = browser.clone();
        old.cookies.insert("placet_session".to_owned(), cookie);
        assert_eq!(old.visit("/account").await.heading_kind(), "login", "the old value is dead");
        for more in [[("acr_values", "mfa")], [("prompt", "none")]] {
            let page = browser.visit(&client.authorize_url(&more)).await;
            assert_eq!(claims_of(&client, &page).await, json!("mfa"));
        }
    }

    // OIDC Core §5.5.1.1, RFC 9470 §5: who asked for one of these gets one of these, however sure it was.
    async fn what_was_asked_for_is_told(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let (mut browser, app, _) = weak_session(&server, &client).await;
        let page = browser.visit(&client.authorize_url(&[("acr_values", "mfa")])).await;
        browser.submit(&page, &[("code", &app.code(&server))]).await;
        let claim = |values: &[&str]| json!({ "id_token": { "acr": { "essential": true, "values": values } } }).to_string();
        let (weak, either) = (claim(&["pwd"]), claim(&["phr", "mfa"]));
        for (more, told) in [
            (("claims", weak.as_str()), "pwd"),
            (("claims", either.as_str()), "mfa"),
            (("acr_values", "pwd mfa"), "pwd"),
            (("acr_values", "gold"), "mfa"),
        ] {
            let offline = [more, ("scope", "openid offline_access"), ("prompt", "consent")];
            let page = browser.visit(&client.authorize_url(&offline)).await;
            let page = browser.approve(&page).await;
            let tokens = client.redeem(&page.returned("code").unwrap_or_else(|| panic!("{}", page.body))).await;
            let again = client.refresh(tokens.refresh_token()).await;
            for tokens in [tokens, again] {
                let id = decode_jwt(tokens.json["id_token"].as_str().unwrap()).1;
                assert_eq!((&id["acr"], &tokens.decoded().1["acr"]), (&json!(told), &json!(told)), "{more:?}");
                assert_eq!(id["amr"], json!(["pwd", "otp", "mfa"]), "how it was is told as it was");
            }
        }
    }

    // S24, OIDC Core §3.1.2.1
    async fn the_missing_factor_is_no_sign_in_anew(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let (mut browser, app, _) = weak_session(&server, &client).await;
        server.advance(300);
        for (index, more) in [("prompt", "login"), ("max_age", "0")].into_iter().enumerate() {
            let page = browser.visit(&client.authorize_url(&[more])).await;
            assert_eq!(page.heading_kind(), "login", "{more:?}");
            let by_hand = format!("/login/verify?request={}", page.field("request"));
            let mut page = browser.visit(&by_hand).await;
            if index == 0 {
                assert_eq!(page.heading_kind(), "verify");
                page = browser.submit(&page, &[("code", &app.code(&server))]).await;
            }
            assert_eq!(page.heading_kind(), "login", "{more:?}: {}", page.body);
            assert!(page.returned("code").is_none());
        }
    }

    // S24, S172
    async fn setting_a_factor_up_is_no_sign_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        server.add_user("ada").await;
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        server.advance(300);
        let page = browser.visit("/account/security/app").await;
        let app = App::reading(&page);
        let cookie = browser.cookies["placet_session"].clone();
        browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_ne!(browser.cookies["placet_session"], cookie, "the cookie's value is new");
        let page = browser.visit(&client.authorize_url(&[("max_age", "60")])).await;
        assert_eq!(page.heading_kind(), "login", "{}", page.body);
        let page = browser.visit(&client.authorize_url(&[])).await;
        let (_, id) = claims(&client, &page).await;
        assert_eq!((&id["acr"], &id["auth_time"]), (&json!("mfa"), &json!(start_of_time().timestamp())));
        let kinds = "SELECT kind FROM audit_events WHERE kind = 'sign_in_succeeded'".to_owned();
        assert_eq!(server.database.texts(kinds).await.len(), 1);
    }

    // OIDC Core §5.5.1.1
    async fn by_claim_by_default_and_by_client(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let essential = json!({ "id_token": { "acr": { "essential": true, "values": ["gold", "mfa"] } } }).to_string();
        let cases = [
            ("acr_values", vec![("acr_values", "mfa")], ClientFields::default()),
            ("claims", vec![("claims", essential.as_str())], ClientFields::default()),
            ("default_acr_values", vec![], ClientFields { default_acr_values: Some(vec!["mfa".to_owned()]), ..ClientFields::default() }),
            ("required_acr", vec![], ClientFields { required_acr: Some("mfa".to_owned()), ..ClientFields::default() }),
        ];
        for (case, more, fields) in cases {
            let client = server.web_client().await;
            server.change_client(&client, fields).await;
            let mut browser = Browser::new(&server.url);
            let page = password_typed(&mut browser, &client.authorize_url(&more), "ada").await;
            assert_eq!(page.heading_kind(), "enrol", "{case}: {}", page.body);
            assert!(page.text().contains("Photo Printer asks for more than a password"), "{case}: {}", page.text());
            let continued = format!("/authorize/continue?request={}", page.field("request"));
            assert_eq!(browser.visit(&continued).await.heading_kind(), "enrol", "{case}");
            let page = browser.submit(&page, &[("decision", "deny")]).await;
            assert_refused(&page, &server.url, "unmet_authentication_requirements", case);
            assert_eq!(browser.visit("/account").await.url.path(), "/account", "{case}: the account is open");
        }
        let client = server.web_client().await;
        for more in [vec![("acr_values", "gold urn:x")], vec![("acr_values", "phr pwd")], vec![]] {
            let page = client.sign_in(&mut Browser::new(&server.url), "ada", &more).await;
            assert_eq!(claims_of(&client, &page).await, json!("pwd"), "{more:?}");
        }
    }

    // OIDC Core §3.1.2.1: acr_values is a wish; §5.5.1.1: so is a voluntary claim, but not an essential one.
    async fn a_class_that_there_is_not_is_a_wish_unless_it_is_essential(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        let acr = |claim: serde_json::Value| json!({ "id_token": { "acr": claim } }).to_string();
        let voluntary = [acr(json!({ "value": "urn:gold" })), acr(json!({ "values": ["urn:gold", "urn:x"] })), acr(json!({ "essential": false, "value": "urn:gold" }))];
        let wishes = voluntary.iter().map(|claims| ("claims", claims.as_str())).chain([("acr_values", "urn:gold"), ("acr_values", "urn:gold urn:x")]);
        let mut browser = Browser::new(&server.url);
        client.sign_in(&mut browser, "ada", &[]).await;
        for wish in wishes {
            for more in [vec![wish], vec![wish, ("prompt", "none")]] {
                let page = browser.visit(&client.authorize_url(&more)).await;
                assert_eq!(claims_of(&client, &page).await, json!("pwd"), "{more:?}: what it was is told as it was");
            }
        }
        for essential in [acr(json!({ "essential": true, "value": "urn:gold" })), acr(json!({ "essential": true, "values": ["urn:gold", "urn:x"] }))] {
            for more in [vec![("claims", essential.as_str())], vec![("claims", essential.as_str()), ("acr_values", "pwd")], vec![("claims", essential.as_str()), ("prompt", "none")]] {
                let page = browser.visit(&client.authorize_url(&more)).await;
                assert_refused(&page, &server.url, "unmet_authentication_requirements", &format!("{more:?}"));
            }
        }
        // What the client is set to want holds whatever its request says.
        server.change_client(&client, ClientFields { required_acr: Some("mfa".to_owned()), ..ClientFields::default() }).await;
        let page = browser.visit(&client.authorize_url(&[("acr_values", "urn:gold")])).await;
        assert_eq!(page.heading_kind(), "enrol", "{}", page.body);
    }

    async fn a_passkey_is_more_than_a_code(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let client = server.web_client().await;
        let (mut browser, app, _) = weak_session(&server, &client).await;
        let page = browser.visit(&client.authorize_url(&[("acr_values", "phr")])).await;
        assert_eq!(page.heading_kind(), "verify", "what the person has comes first");
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!(page.heading_kind(), "enrol", "{}", page.body);
        assert!(page.text().contains("It takes a passkey"), "{}", page.text());
        let page = browser.submit(&page, &[("decision", "deny")]).await;
        assert_refused(&page, &server.url, "unmet_authentication_requirements", "phr");
    }

    // S39 S168
    async fn whoever_must_have_one_is_led_to_it(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| config.second_factor.required_for_roles = vec!["admin".to_owned()]).await;
        let roles = vec!["admin".to_owned()];
        server.add_user_with(NewUser { username: "root".to_owned(), roles, ..NewUser::default() }).await;
        server.add_user("ada").await;
        let client = server.web_client().await;
        client.sign_in(&mut Browser::new(&server.url), "ada", &[]).await.returned("code").expect("others need none");
        let mut browser = Browser::new(&server.url);
        let page = password_typed(&mut browser, "/login?return_to=/admin/clients", "root").await;
        assert_eq!(page.heading_kind(), "enrol", "{}", page.body);
        assert!(page.text().contains("asks you for more than a password") && page.body.contains("href=\"/account/security\""), "{}", page.body);
        for address in ["/admin", "/admin/users", "/login/verify?return_to=/admin"] {
            assert_eq!(browser.visit(address).await.heading_kind(), "enrol", "{address}");
        }
        let page = browser.visit(&client.authorize_url(&[])).await;
        assert_eq!(page.heading_kind(), "enrol", "no app gets anything");
        let page = browser.visit(&client.authorize_url(&[("prompt", "none")])).await;
        assert_refused(&page, &server.url, "login_required", "silent");
        assert_eq!(browser.visit("/account").await.url.path(), "/account", "where it is set up");
        let app = Authenticator::set_up(&server, "root").await;
        let page = browser.visit("/account").await;
        assert_eq!(page.heading_kind(), "verify", "from then on it is asked for");
        let page = browser.visit("/admin/clients").await;
        assert_eq!(page.heading_kind(), "verify", "{}", page.body);
        let page = browser.submit(&page, &[("code", &app.code(&server))]).await;
        assert_eq!((page.url.path(), page.status.as_u16()), ("/admin/clients", 200), "{}", page.body);
    }

    async fn discovery_says_what_there_is(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let page = Browser::new(&server.url).get("/.well-known/openid-configuration").await;
        let metadata: BTreeMap<String, Value> = serde_json::from_str(&page.body).unwrap();
        assert_eq!(metadata["acr_values_supported"], json!(["pwd", "mfa", "phr"]));
    }
}

async fn claims_of(client: &Client, page: &Page) -> Value {
    let (access, id) = claims(client, page).await;
    assert_eq!(access["acr"], id["acr"]);
    id["acr"].clone()
}
