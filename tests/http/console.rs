//! The console's frame: who gets in, what a form must carry, when the password is asked for again, what the next page says.

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::users::NewUser;
use reqwest::Method;

use super::pages::assert_protected;
use super::support::requests::{altered, encode};
use super::support::server::PASSWORD;
use super::support::{Browser, Page, TestServer};
use crate::support::database::on_both;

/// Every address that is looked at, once [`furnish`] has been there.
pub(crate) const ADDRESSES: [&str; 68] = [
    "/admin",
    "/admin/clients",
    "/admin/clients?search=photo&state=enabled&registration=administrator",
    "/admin/clients?search=no+such+client",
    "/admin/new/client",
    "/admin/new/client/web",
    "/admin/new/client/spa",
    "/admin/new/client/native",
    "/admin/new/client/service",
    "/admin/new/client/agent",
    "/admin/clients/web",
    "/admin/clients/web/settings",
    "/admin/clients/web/edit/basics",
    "/admin/clients/web/edit/sign-in",
    "/admin/clients/web/edit/permissions",
    "/admin/clients/web/edit/sign-out",
    "/admin/clients/web/edit/keys",
    "/admin/clients/web/edit/look",
    "/admin/clients/web/secrets/new",
    "/admin/clients/web/disable",
    "/admin/clients/web/enable",
    "/admin/clients/web/remove",
    "/admin/scopes",
    "/admin/new/scope",
    "/admin/scopes/notes%3Aread",
    "/admin/scopes/notes%3Aread/remove",
    "/admin/roles",
    "/admin/new/role",
    "/admin/roles/admin",
    "/admin/roles/editor",
    "/admin/roles/editor/remove",
    "/admin/resources",
    "/admin/new/resource",
    "/admin/resources/aHR0cHM6Ly9hcGkuZXhhbXBsZS8",
    "/admin/resources/aHR0cHM6Ly9hcGkuZXhhbXBsZS8/roles",
    "/admin/resources/aHR0cHM6Ly9hcGkuZXhhbXBsZS8/remove",
    "/admin/scopes/placet%3Aadmin",
    "/admin/tester",
    "/admin/tester?client_id=web",
    "/admin/users",
    "/admin/users?search=nobody+at+all&role=admin&state=disabled",
    "/admin/new/user",
    "/admin/invitations",
    "/admin/new/invitation",
    "/admin/users/root",
    "/admin/users/root/edit",
    "/admin/users/root/claims",
    "/admin/users/root/password",
    "/admin/users/root/disable",
    "/admin/users/root/enable",
    "/admin/users/root/sign-out",
    "/admin/users/root/remove",
    "/admin/users/root/apps/web/withdraw",
    "/admin/sessions",
    "/admin/sessions?user=nobody",
    "/admin/grants",
    "/admin/grants?user=root&client=web",
    "/admin/registration-tokens",
    "/admin/new/registration-token",
    "/admin/keys",
    "/admin/keys/rotate",
    "/admin/keys/rotate-now",
    "/admin/errors",
    "/admin/errors?client=web&from=2026-01-01",
    "/admin/audit",
    "/admin/audit?kind=user_added&user=root",
    "/admin/audit/verify",
    "/admin/settings",
];

/// What is asked before it is done: only with the password given lately.
const DANGEROUS: [&str; 15] = [
    "/admin/clients/web/secrets/new",
    "/admin/clients/web/disable",
    "/admin/clients/web/enable",
    "/admin/clients/web/remove",
    "/admin/scopes/notes%3Aread/remove",
    "/admin/roles/editor/remove",
    "/admin/resources/aHR0cHM6Ly9hcGkuZXhhbXBsZS8/remove",
    "/admin/users/root/password",
    "/admin/users/root/disable",
    "/admin/users/root/enable",
    "/admin/users/root/sign-out",
    "/admin/users/root/remove",
    "/admin/users/root/apps/web/withdraw",
    "/admin/keys/rotate",
    "/admin/keys/rotate-now",
];

/// Someone with the role `admin`.
pub(super) async fn add_administrator(server: &TestServer, username: &str) {
    server
        .add_user_with(NewUser {
            username: username.to_owned(),
            roles: vec!["admin".to_owned()],
            ..NewUser::default()
        })
        .await;
}

/// A browser in which that person is signed in.
pub(super) async fn sign_in(server: &TestServer, username: &str) -> Browser {
    let mut browser = Browser::new(&server.url);
    let login = browser.get("/login").await;
    browser.log_in(&login, username).await;
    browser
}

/// An administrator, a client and a scope, as the addresses name them; and the administrator's browser.
pub(crate) async fn furnish(server: &TestServer) -> Browser {
    add_administrator(server, "root").await;
    server.add_scope("notes:read", "read your notes").await;
    server
        .add_resource("https://api.example/", "notes:read")
        .await;
    placet::admin::roles::put(
        &server.app,
        &TestServer::by(),
        "editor",
        "may publish articles",
    )
    .await
    .unwrap();
    server
        .add_client(NewClient {
            id: Some("web".to_owned()),
            fields: ClientFields {
                name: Some("Photo Printer".to_owned()),
                redirect_uris: Some(vec!["https://app.example/callback".to_owned()]),
                ..ClientFields::default()
            },
            ..NewClient::default()
        })
        .await;
    sign_in(server, "root").await
}

#[track_caller]
fn assert_framed(page: &Page, address: &str) {
    assert_eq!(page.status, 200, "{address}: {}", page.body);
    assert_protected(page, address);
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        "same-origin",
        "{address}"
    );
    let is_marked = page.body.matches("aria-current=\"page\"").count();
    assert_eq!(is_marked, 1, "{address}: one part is the present one");
    assert!(page.body.contains("href=\"#content\""), "{address}");
}

/// Where it leads for want of a sign-in.
fn to_login(address: &str) -> String {
    format!("/login?{}", encode(&[("return_to", address)]))
}

on_both! {
    // S168
    async fn every_page_is_for_administrators_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        let mut ada = sign_in(&server, "ada").await;
        let mut nobody = Browser::new(&server.url);
        let mut bearer = Browser::new(&server.url);
        bearer.headers = vec![("authorization", "Bearer x.y.z".to_owned())];
        for address in ADDRESSES {
            assert_framed(&root.get(address).await, address);
            let refused = ada.get(address).await;
            assert_eq!(refused.status, 403, "{address}");
            assert_protected(&refused, address);
            assert!(refused.text().contains("This is for administrators"), "{address}");
            for browser in [&mut nobody, &mut bearer] {
                let asked = browser.get(address).await;
                assert_eq!((asked.status.as_u16(), asked.location()), (303, Some(to_login(address))), "{address}");
            }
        }
        for address in ["/admin/nothing", "/admin/clients/nobody", "/admin/new/client/none", "/admin/scopes/none", "/admin/clients/web/edit/none"] {
            assert_eq!(root.get(address).await.status, 404, "{address}");
            assert_eq!(ada.get(address).await.status, 403, "{address}");
            assert_eq!(nobody.get(address).await.status, 303, "{address}");
        }
        assert_eq!(root.send(Method::DELETE, "/admin/clients/web", None).await.status, 405);
    }

    // S36 S168
    async fn nothing_is_changed_without_a_form_of_this_session_and_address(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        add_administrator(&server, "other").await;
        let mut other = sign_in(&server, "other").await;
        server.add_user("ada").await;
        let mut ada = sign_in(&server, "ada").await;
        let mut nobody = Browser::new(&server.url);
        let before = server.database.row_counts().await;
        for address in ADDRESSES.into_iter().filter(|address| !address.contains('?')) {
            let page = root.get(address).await;
            if page.heading_kind().is_empty() {
                assert_eq!(root.post(address, &[]).await.status, 403, "{address}");
                continue;
            }
            let (action, fields) = page.form();
            assert_eq!(action, address, "the form is posted where it stands");
            let csrf = page.field("csrf");
            let with = |csrf: &str| {
                let mut all = fields.clone();
                all.retain(|(name, _)| name != "csrf");
                all.push(("csrf".to_owned(), csrf.to_owned()));
                all
            };
            let elsewhere = root.get("/admin/new/role").await.field("csrf");
            let elsewhere = if address == "/admin/new/role" { altered(&csrf) } else { elsewhere };
            for wrong in [String::new(), "x".to_owned(), altered(&csrf), elsewhere] {
                let answer = post(&mut root, address, &with(&wrong)).await;
                assert_eq!(answer.status, 403, "{address} {wrong}");
                assert!(answer.text().contains("Nothing was changed"), "{address}");
            }
            assert_eq!(post(&mut other, address, &with(&csrf)).await.status, 403, "another's form: {address}");
            assert_eq!(post(&mut ada, address, &with(&csrf)).await.status, 403, "{address}");
            let asked = post(&mut nobody, address, &with(&csrf)).await;
            assert_eq!((asked.status.as_u16(), asked.location()), (303, Some(to_login(address))), "{address}");
            root.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
            assert_eq!(post(&mut root, address, &with(&csrf)).await.status, 403, "from elsewhere: {address}");
            root.headers.clear();
        }
        assert_eq!(server.database.row_counts().await, before);
    }

    // S55
    async fn a_sign_in_goes_on_to_the_page_that_was_asked_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        furnish(&server).await;
        for address in ["/admin", "/admin/clients?search=photo", "/admin/scopes/notes%3Aread"] {
            let mut browser = Browser::new(&server.url);
            let login = browser.visit(address).await;
            let page = browser.log_in(&login, "root").await;
            assert_eq!(format!("{}{}", page.url.path(), page.url.query().map(|q| format!("?{q}")).unwrap_or_default()), address);
            assert_eq!(page.status, 200);
        }
        for evil in ["//evil.example", "/\\evil.example", "https://evil.example/admin", "/admin//evil.example", "/admin/../logout", "/administrator", "/admin/%0d%0aX: y"] {
            let mut browser = Browser::new(&server.url);
            let login = browser.get(&format!("/login?{}", encode(&[("return_to", evil)]))).await;
            assert!(!login.body.contains("return_to"), "{evil}");
            let page = browser.log_in(&login, "root").await;
            assert_eq!(page.url.path(), "/account", "{evil}");
            let mut browser = Browser::new(&server.url);
            let login = browser.get("/login").await;
            let fields = [("username", "root"), ("password", PASSWORD), ("return_to", evil)];
            assert_eq!(browser.submit(&login, &fields).await.url.path(), "/account", "{evil}");
            let again = browser.get(&format!("/login?{}", encode(&[("return_to", evil)]))).await;
            assert_eq!(again.location().as_deref(), Some("/account"), "{evil}");
        }
    }

    // Dangerous things need a recent password; then it goes on where it was.
    async fn a_stale_sign_in_is_asked_for_the_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.advance(599);
        for address in DANGEROUS {
            assert_eq!(root.get(address).await.status, 200, "{address}");
        }
        let form = root.get("/admin/clients/web/remove").await;
        server.advance(1);
        assert_eq!(root.get("/admin/clients/web").await.status, 200);
        for address in DANGEROUS {
            let asked = root.get(address).await;
            let there = format!("/login?{}&again=1", encode(&[("return_to", address)]));
            assert_eq!((asked.status.as_u16(), asked.location().as_deref()), (303, Some(there.as_str())), "{address}");
        }
        let asked = root.submit(&form, &[]).await;
        assert_eq!(asked.heading_kind(), "login", "a question from before does not do: {}", asked.text());
        assert_eq!(server.database.count("clients").await, 1);
        let wrong = root.submit(&asked, &[("password", "not it at all")]).await;
        assert!(wrong.text().contains("do not match"), "{}", wrong.text());
        let question = root.submit(&wrong, &[("password", PASSWORD)]).await;
        assert_eq!((question.status.as_u16(), question.url.path()), (200, "/admin/clients/web/remove"));
        let gone = root.submit(&question, &[]).await;
        assert_eq!((gone.status.as_u16(), gone.url.path()), (200, "/admin/clients"));
        assert!(gone.text().contains("Photo Printer is gone."), "{}", gone.text());
        assert_eq!(server.database.count("clients").await, 0);
        for evil in ["//evil.example", "/\\evil", "/login", "https://evil.example"] {
            let page = root.get(&format!("/login?{}&again=1", encode(&[("return_to", evil)]))).await;
            let after = root.submit(&page, &[("return_to", evil), ("password", PASSWORD)]).await;
            assert_eq!(after.url.path(), "/account", "{evil}");
        }
    }

    // The role counts as it is now, not as it was at sign-in.
    async fn whoever_loses_the_role_is_out_at_once(db: TestDatabase) {
        use placet::admin::users::{self, UserFields};
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        add_administrator(&server, "other").await;
        let without = UserFields { roles: Some(Vec::new()), ..UserFields::default() };
        users::change(&server.app, &TestServer::by(), "root", without).await.unwrap();
        assert_eq!(root.get("/admin").await.status, 403);
    }

    // What the page after a change says is ours, is said once, and to this session alone.
    async fn a_message_is_ours_and_said_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/new/scope").await;
        let fields = [("name", "notes:write"), ("description", "change your notes")];
        let (action, mut all) = form.form();
        all.retain(|(name, _)| name == "csrf");
        all.extend(fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let answer = post(&mut root, &action, &all).await;
        assert_eq!((answer.status.as_u16(), answer.location().as_deref()), (303, Some("/admin/scopes")));
        let cookie = root.cookies.get("placet_flash").unwrap().clone();
        assert!(!cookie.contains("notes"), "it is sealed");
        assert!(root.get("/admin/scopes").await.text().contains("The scope notes:write is registered."));
        assert!(!root.get("/admin/scopes").await.text().contains("is registered."), "once");
        add_administrator(&server, "other").await;
        let mut other = sign_in(&server, "other").await;
        for value in [cookie, "x".to_owned(), "eyJkb25lIjoieCJ9".to_owned()] {
            other.cookies.insert("placet_flash".to_owned(), value);
            assert!(!other.get("/admin/scopes").await.text().contains("is registered."));
        }
        for address in ["/admin/scopes?done=ScopeAdded&name=Evil", "/admin/scopes?message=Evil", "/admin/clients?search=x&flash=Evil"] {
            assert!(!root.get(address).await.text().contains("Evil"), "{address}");
        }
        // Who did it stands in the audit log.
        let actors = server.database.texts("SELECT actor FROM audit_events WHERE kind = 'scope_added' ORDER BY at DESC".to_owned()).await;
        assert!(actors.iter().any(|actor| actor.starts_with("user:")), "{actors:?}");
    }

    // S170
    async fn odd_addresses_are_no_failure(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let long = "a".repeat(5000);
        for address in [
            "/admin/clients?search=%00", "/admin/clients?search=%25_%27%22", "/admin/clients?after=%00", "/admin/clients?after=%27%22",
            "/admin/clients?state=%F0%9F%98%80&registration=x", "/admin/clients?after=a&after=b", "/admin/clients/%00", "/admin/clients/a%2Fb",
            "/admin/scopes/%00", "/admin/clients/%F0%9F%98%80/edit/basics", &format!("/admin/clients?search={long}"),
            &format!("/admin/clients/{long}"),
        ] {
            let page = root.get(address).await;
            assert!(page.status.as_u16() < 500, "{} {address}: {}", page.status, page.text());
        }
    }
}

async fn post(browser: &mut Browser, action: &str, fields: &[(String, String)]) -> Page {
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(action, &pairs).await
}
