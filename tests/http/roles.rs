//! Roles per resource: what a person without the role does not get, on every road to a token, and which roles tokens tell of.

use std::collections::{BTreeMap, BTreeSet};

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::resources::{self, NewResource, ResourceFields};
use placet::admin::scopes::NewScope;
use placet::admin::users::{self, NewUser, UserFields};
use placet::admin::{AdminError, By, roles, scopes};
use placet::config::RegistrationMode;
use placet::model::signing_key::SigningAlg;
use serde_json::{Value, json};

use super::register::{post, register};
use super::support::client::{Tokens, decode_jwt};
use super::support::requests::{assert_refused, new_client};
use super::support::server::PASSWORD;
use super::support::storm::at_once;
use super::support::{Browser, Client, TestServer};
use crate::support::database::on_both;

const PHOTOS: &str = "https://photos.example/";
const PRINTS: &str = "https://prints.example/";
const SCOPE: (&str, &str) = ("scope", "openid photos:read photos:write");

/// `photos:write=editor,chief` as an object.
fn kept(items: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let words = |roles: &[&str]| roles.iter().map(|&role| role.to_owned()).collect();
    items
        .iter()
        .map(|(scope, roles)| ((*scope).to_owned(), words(roles)))
        .collect()
}

/// Photos, whose `photos:write` is for editors and chiefs; Ada, an editor and a singer, and Bob, who is nothing.
async fn gallery(server: &TestServer) {
    for role in ["editor", "chief", "singer"] {
        roles::put(&server.app, &TestServer::by(), role, "A role")
            .await
            .unwrap();
    }
    for (scope, words) in [
        ("photos:read", "see photos"),
        ("photos:write", "write photos"),
        ("prints:order", "order prints"),
    ] {
        server.add_scope(scope, words).await;
    }
    let new = NewResource {
        uri: PHOTOS.to_owned(),
        name: Some("Photos".to_owned()),
        scope: "photos:read photos:write".to_owned(),
        scope_roles: kept(&[("photos:write", &["editor", "chief"])]),
        ..NewResource::default()
    };
    resources::add(&server.app, &TestServer::by(), new)
        .await
        .unwrap();
    server.add_user("bob").await;
    server
        .add_user_with(NewUser {
            username: "ada".to_owned(),
            roles: vec!["editor".to_owned(), "singer".to_owned()],
            ..NewUser::default()
        })
        .await;
}

async fn app(server: &TestServer, change: ClientFields) -> Client {
    let mut new = new_client("Album", &["https://app.example/callback"]);
    new.fields = ClientFields {
        name: new.fields.name,
        redirect_uris: new.fields.redirect_uris,
        scope: Some("openid profile photos:read photos:write offline_access".to_owned()),
        resources: Some(vec![PHOTOS.to_owned()]),
        ..change
    };
    server.add_client(new).await
}

async fn set_roles(server: &TestServer, user: &str, roles: &[&str]) {
    let fields = UserFields {
        roles: Some(roles.iter().map(|&role| role.to_owned()).collect()),
        ..UserFields::default()
    };
    users::change(&server.app, &TestServer::by(), user, fields)
        .await
        .unwrap();
}

async fn change(server: &TestServer, fields: ResourceFields) {
    resources::change(&server.app, &TestServer::by(), PHOTOS, fields)
        .await
        .unwrap();
}

/// The scope of the answer, which is the token's too.
#[track_caller]
fn scope(tokens: &Tokens) -> String {
    assert_eq!(tokens.status, 200, "{}", tokens.json);
    let (_, claims) = tokens.decoded();
    assert_eq!(claims["scope"], tokens.json["scope"]);
    tokens.json["scope"].as_str().unwrap().to_owned()
}

async fn userinfo(server: &TestServer, token: &str) -> Value {
    let answer = reqwest::Client::new()
        .get(format!("{}/userinfo", server.url))
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

on_both! {
    async fn a_scope_is_granted_by_role_and_lost_with_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let client = app(&server, ClientFields::default()).await;
        assert_eq!(scope(&client.tokens("bob", &[SCOPE]).await), "openid photos:read");
        let first = client.tokens("ada", &[SCOPE]).await;
        assert_eq!(scope(&first), "openid photos:read photos:write");
        set_roles(&server, "ada", &["singer"]).await;
        let lost = client.refresh(first.refresh_token()).await;
        assert_eq!(scope(&lost), "openid photos:read", "the role is gone, the family lives");
        let asked = [("grant_type", "refresh_token"), ("refresh_token", lost.refresh_token()), ("scope", "photos:write")];
        let refused = client.token(&asked).await;
        refused.assert_refused(400, "invalid_scope", "nothing is left");
        assert!(refused.json["error_description"].as_str().unwrap().contains("roles"), "{}", refused.json);
        set_roles(&server, "ada", &["chief"]).await;
        let again = client.refresh(lost.refresh_token()).await;
        assert_eq!(scope(&again), "openid photos:read photos:write", "what the person allowed is still allowed");
        // Between sign-in and redemption too.
        let code = client.code("ada", &[SCOPE]).await;
        set_roles(&server, "ada", &[]).await;
        assert_eq!(scope(&client.redeem(&code).await), "openid photos:read");
    }

    async fn the_consent_page_says_what_is_left_out(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let client = app(&server, ClientFields::default()).await;
        let words = "Not included, because your account may not do this write photos";
        for (user, is_left_out) in [("bob", true), ("ada", false)] {
            let mut browser = Browser::new(&server.url);
            let page = browser.visit(&client.authorize_url(&[SCOPE])).await;
            let page = browser.log_in(&page, user).await;
            assert_eq!(page.text().contains(words), is_left_out, "{}", page.text());
            let boxes: Vec<String> = page.checkboxes().into_iter().map(|(name, _)| name).collect();
            assert_eq!(boxes.contains(&"photos:write".to_owned()), !is_left_out);
            // Posting it all the same brings nothing.
            let posted = [
                ("request", page.field("request")),
                ("csrf", page.field("csrf")),
                ("decision", "allow".to_owned()),
                ("scope", "photos:read".to_owned()),
                ("scope", "photos:write".to_owned()),
            ];
            let fields: Vec<(&str, &str)> = posted.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let code = browser.post("/consent", &fields).await.returned("code").unwrap();
            let expected = ["openid photos:read photos:write", "openid photos:read"][usize::from(is_left_out)];
            assert_eq!(scope(&client.redeem(&code).await), expected);
        }
        // Who gets the role later is asked then.
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[SCOPE])).await;
        let page = browser.log_in(&page, "bob").await;
        assert!(page.returned("code").is_some(), "decided before");
        set_roles(&server, "bob", &["editor"]).await;
        let page = browser.visit(&client.authorize_url(&[SCOPE])).await;
        assert_eq!(page.heading_kind(), "consent");
        assert!(page.text().contains("write photos"), "{}", page.text());
    }

    async fn nothing_is_asked_of_who_may_have_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let client = app(&server, ClientFields::default()).await;
        let write = ("scope", "photos:write");
        let none = ("prompt", "none");
        let mut browser = Browser::new(&server.url);
        let page = browser.visit(&client.authorize_url(&[write])).await;
        let page = browser.log_in(&page, "bob").await;
        assert_refused(&page, &server.url, "access_denied", "after the sign-in");
        assert!(page.returned("error_description").unwrap().contains("photos:write"), "{:?}", page.location());
        // Who was never allowed anything does not learn what the person may do.
        let page = browser.visit(&client.authorize_url(&[write, none])).await;
        assert_refused(&page, &server.url, "consent_required", "silently, to a stranger");
        let page = client.sign_in(&mut browser, "bob", &[SCOPE]).await;
        assert!(page.returned("code").is_some());
        let page = browser.visit(&client.authorize_url(&[SCOPE, none])).await;
        let tokens = client.redeem(&page.returned("code").unwrap()).await;
        assert_eq!(scope(&tokens), "openid photos:read", "silently");
        let page = browser.visit(&client.authorize_url(&[write, none])).await;
        assert_refused(&page, &server.url, "access_denied", "silently, to an app that the person knows");
        assert_eq!(server.database.count("consents").await, 1);
    }

    async fn our_own_apps_get_no_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let client = app(&server, ClientFields { is_first_party: Some(true), ..ClientFields::default() }).await;
        for (user, expected) in [("bob", "openid photos:read"), ("ada", "openid photos:read photos:write")] {
            assert_eq!(scope(&client.tokens(user, &[SCOPE]).await), expected, "{user}");
        }
        let mut browser = Browser::new(&server.url);
        let page = client.sign_in(&mut browser, "bob", &[("scope", "photos:write")]).await;
        assert_refused(&page, &server.url, "access_denied", "nobody was asked");
    }

    async fn the_password_grant_gets_no_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let client = server.client_with(&["password", "refresh_token"], "openid photos:read photos:write", &[PHOTOS]).await;
        let with = async |user: &str, scope: &str| {
            client.token(&[("grant_type", "password"), ("username", user), ("password", PASSWORD), ("scope", scope)]).await
        };
        assert_eq!(scope(&with("bob", SCOPE.1).await), "openid photos:read");
        let ada = with("ada", SCOPE.1).await;
        assert_eq!(scope(&ada), "openid photos:read photos:write");
        with("bob", "photos:write").await.assert_refused(400, "invalid_scope", "nothing is left");
        let wrong = [("grant_type", "password"), ("username", "bob"), ("password", "wrong"), ("scope", "photos:write")];
        client.token(&wrong).await.assert_refused(400, "invalid_grant", "roles are told to nobody else");
        // A role that comes later brings nothing that was not granted.
        let bob = with("bob", SCOPE.1).await;
        set_roles(&server, "bob", &["editor"]).await;
        assert_eq!(scope(&client.refresh(bob.refresh_token()).await), "openid photos:read");
    }

    async fn the_front_channel_gets_no_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let types = ["token", "code token"].map(ToOwned::to_owned).to_vec();
        let client = app(&server, ClientFields { response_types: Some(types), ..ClientFields::default() }).await;
        for kind in ["token", "code token"] {
            for (user, expected) in [("bob", "openid photos:read"), ("ada", "openid photos:read photos:write")] {
                let mut browser = Browser::new(&server.url);
                let page = client.sign_in(&mut browser, user, &[SCOPE, ("response_type", kind)]).await;
                let location = page.location().unwrap();
                let fragment = location.split_once('#').unwrap().1.to_owned();
                let all: BTreeMap<String, String> = url::form_urlencoded::parse(fragment.as_bytes()).into_owned().collect();
                assert_eq!(decode_jwt(&all["access_token"]).1["scope"], expected, "{kind} {user}");
                // Sent where it is not what was asked for (RFC 6749 §4.2.2); here always.
                assert_eq!(all["scope"], expected, "{kind} {user}");
            }
        }
    }

    async fn each_resource_decides_for_its_own_tokens(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        // Prints takes photos:write from everyone, and keeps nothing.
        server.add_resource(PRINTS, "photos:write prints:order").await;
        let resources = Some(vec![PHOTOS.to_owned(), PRINTS.to_owned()]);
        let mut new = new_client("Album", &["https://app.example/callback"]);
        new.fields.scope = Some("openid photos:read photos:write prints:order".to_owned());
        new.fields.resources = resources;
        let client = server.add_client(new).await;
        let both = [SCOPE, ("resource", PHOTOS), ("resource", PRINTS)];
        let code = client.code("bob", &both).await;
        let photos = client.redeem_with(&code, &[("resource", PHOTOS)]).await;
        assert_eq!(scope(&photos), "openid photos:read", "Photos keeps it for editors");
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", photos.refresh_token()), ("resource", PRINTS)];
        assert_eq!(scope(&client.token(&refresh).await), "openid photos:write", "Prints does not");
        // Where none is named, every owner has to permit it.
        let tokens = client.tokens("bob", &[SCOPE]).await;
        assert_eq!(scope(&tokens), "openid photos:read");
        let tokens = client.tokens("ada", &[SCOPE]).await;
        assert_eq!(scope(&tokens), "openid photos:read photos:write");
    }

    async fn a_resource_is_told_the_roles_that_it_wants(db: TestDatabase) {
        let server = TestServer::start(db).await;
        gallery(&server).await;
        let client = app(&server, ClientFields::default()).await;
        let photos = ("scope", "openid profile photos:read");
        for (token_roles, format, expected) in [
            ("all", "jwt", json!(["editor", "singer"])),
            ("own", "jwt", json!(["editor"])),
            ("none", "jwt", Value::Null),
            ("own", "opaque", json!(["editor"])),
            ("none", "opaque", Value::Null),
        ] {
            let fields = ResourceFields {
                token_roles: Some(token_roles.to_owned()),
                format: Some(format.to_owned()),
                ..ResourceFields::default()
            };
            change(&server, fields).await;
            let tokens = client.tokens("ada", &[photos]).await;
            if format == "jwt" {
                assert_eq!(tokens.decoded().1["roles"], expected, "{token_roles}");
            }
            let told = client.call("/introspect", &[("token", tokens.access_token())], &[]).await;
            assert_eq!((&told.json["active"], &told.json["roles"]), (&json!(true), &expected), "{token_roles} {format}");
            let info = userinfo(&server, tokens.access_token()).await;
            assert_eq!(info["roles"], expected, "{token_roles} {format}");
        }
        // A token of before says what it said.
        change(&server, ResourceFields { token_roles: Some("all".to_owned()), format: Some("jwt".to_owned()), ..ResourceFields::default() }).await;
        let tokens = client.tokens("ada", &[photos]).await;
        set_roles(&server, "ada", &[]).await;
        let told = client.call("/introspect", &[("token", tokens.access_token())], &[]).await;
        assert_eq!(told.json["roles"], json!(["editor", "singer"]));
        assert_eq!(userinfo(&server, tokens.access_token()).await["roles"], json!([]), "UserInfo speaks of now");
    }

    // S168
    async fn only_administrators_get_tokens_for_the_admin_api(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.add_user("bob").await;
        server.add_user_with(NewUser { username: "root".to_owned(), roles: vec!["admin".to_owned()], ..NewUser::default() }).await;
        let api = format!("{}/api/v1", server.url);
        let mut new = new_client("Console", &["https://app.example/callback"]);
        new.fields.scope = Some("openid placet:admin placet:read".to_owned());
        let client = server.add_client(new).await;
        let asked = ("scope", "openid placet:admin placet:read");
        assert_eq!(scope(&client.tokens("bob", &[asked]).await), "openid");
        let tokens = client.tokens("root", &[asked]).await;
        assert_eq!(scope(&tokens), "openid placet:admin placet:read");
        assert_eq!((&tokens.decoded().1["aud"], &tokens.decoded().1["roles"]), (&json!(api), &json!(["admin"])));
        let page = client.sign_in(&mut Browser::new(&server.url), "bob", &[("scope", "placet:admin")]).await;
        assert_refused(&page, &server.url, "access_denied", "not for Bob");
        set_roles(&server, "root", &[]).await;
        assert_eq!(scope(&client.refresh(tokens.refresh_token()).await), "openid");
        // A service is registered for it by an administrator: that decides.
        let service = server
            .add_client(NewClient {
                fields: ClientFields { name: Some("Robot".to_owned()), scope: Some("placet:read".to_owned()), ..ClientFields::default() },
                ..NewClient::default()
            })
            .await;
        let tokens = service.token(&[("grant_type", "client_credentials")]).await;
        assert_eq!(scope(&tokens), "placet:read");
        assert_eq!(tokens.decoded().1["aud"], json!(api));
        service.token(&[("grant_type", "client_credentials"), ("scope", "placet:admin")]).await.assert_refused(400, "invalid_scope", "no more");
    }

    // S168: even where the setting was forced.
    async fn who_registers_itself_does_not_administer(db: TestDatabase) {
        let server = TestServer::start_with(db, |config| {
            config.registration.mode = RegistrationMode::Open;
            config.registration.scope.push("placet:admin".to_owned());
        })
        .await;
        let body = json!({ "redirect_uris": ["https://app.example/callback"], "scope": "openid placet:admin" });
        let page = post(&server, None, &body.to_string()).await;
        crate::http::register::assert_refused(&page, 400, "invalid_client_metadata", "scope");
        let body = json!({ "redirect_uris": ["https://app.example/callback"] });
        let made = register(&server, &body).await;
        assert!(!made["scope"].as_str().unwrap().contains("placet:"), "{made}");
    }

    async fn a_change_is_made_to_what_was_read(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let app = &server.app;
        let by = |expects| By { expects, ..TestServer::by() };
        let is_changed = |error: &AdminError| matches!(error, AdminError::Changed { .. });
        // Roles.
        let (role, is_new) = roles::put(app, &by(None), "editor", "One").await.unwrap();
        assert_eq!((role.version, role.users, role.built_in, is_new), (1, 0, false, true));
        let (role, is_new) = roles::put(app, &by(Some(1)), "editor", "Two").await.unwrap();
        assert_eq!((role.description.as_str(), role.version, is_new), ("Two", 2, false));
        assert!(is_changed(&roles::put(app, &by(Some(1)), "editor", "Three").await.unwrap_err()));
        assert!(is_changed(&roles::remove(app, &by(Some(1)), "editor").await.unwrap_err()));
        // Scopes.
        let new = || NewScope { name: "a".to_owned(), description: "do a".to_owned(), is_required: None, descriptions: None };
        assert_eq!(scopes::put(app, &by(None), new()).await.unwrap().version, 1);
        assert_eq!(scopes::put(app, &by(Some(1)), new()).await.unwrap().version, 2);
        assert!(is_changed(&scopes::put(app, &by(Some(1)), new()).await.unwrap_err()));
        // Resources: put again and again, it stays the same.
        let new = || NewResource {
            uri: PHOTOS.to_owned(),
            scope: "a".to_owned(),
            alg: Some("PS256".to_owned()),
            scope_roles: kept(&[("a", &["editor"])]),
            ..NewResource::default()
        };
        let (made, is_new) = resources::put(app, &by(None), new()).await.unwrap();
        assert_eq!((made.resource.version, is_new), (1, true));
        let (made, is_new) = resources::put(app, &by(Some(1)), NewResource { alg: None, ..new() }).await.unwrap();
        assert_eq!((made.resource.version, made.resource.alg, is_new), (1, SigningAlg::PS256, false), "nothing was changed");
        let plain = NewResource { scope_roles: BTreeMap::new(), name: Some("Photos".to_owned()), ..new() };
        let (made, _) = resources::put(app, &by(Some(1)), plain).await.unwrap();
        assert_eq!((made.resource.version, made.resource.scope_roles.len()), (2, 0));
        for error in [
            resources::put(app, &by(Some(1)), new()).await.unwrap_err(),
            resources::put(app, &by(Some(1)), NewResource { uri: PRINTS.to_owned(), ..new() }).await.unwrap_err(),
            resources::change(app, &by(Some(1)), PHOTOS, ResourceFields::default()).await.unwrap_err(),
            resources::rotate_secret(app, &by(Some(1)), PHOTOS).await.unwrap_err(),
            resources::remove(app, &by(Some(1)), PHOTOS).await.unwrap_err(),
            scopes::remove(app, &by(Some(1)), "a").await.unwrap_err(),
        ] {
            assert!(is_changed(&error), "{error}");
        }
        resources::remove(app, &by(Some(2)), PHOTOS).await.unwrap();
        let named = scopes::remove(app, &by(Some(2)), "a").await.unwrap();
        assert_eq!((named.clients, named.resources), (0, 0));
        roles::remove(app, &by(Some(2)), "editor").await.unwrap();
        let counts: Vec<usize> = [
            server.count_events("role_added").await,
            server.count_events("role_updated").await,
            server.count_events("role_removed").await,
            server.count_events("scope_added").await,
            server.count_events("scope_updated").await,
            server.count_events("resource_updated").await,
        ]
        .into();
        assert_eq!(counts, [1, 1, 1, 1, 1, 1]);
    }

    async fn many_who_put_one_resource_leave_one(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let results = at_once(16, |number| {
            let app = std::sync::Arc::clone(&server.app);
            async move {
                let new = NewResource { uri: PHOTOS.to_owned(), name: Some(format!("Photos {number}")), ..NewResource::default() };
                resources::put(&app, &TestServer::by(), new).await.map(|(_, is_new)| is_new)
            }
        })
        .await;
        let made = results.iter().filter(|result| matches!(result, Ok(true))).count();
        assert_eq!(made, 1, "{results:?}");
        // Who always finds it changed gives up, and says so.
        assert!(results.iter().all(|result| !matches!(result, Err(error) if !matches!(error, AdminError::Changed { .. }))), "{results:?}");
        assert_eq!(server.app.store.list_resources().await.unwrap().len(), 1);
    }
}
