//! The apps that ask for something.

use placet::admin::resources::{self, NewResource};
use placet::admin::roles;
use serde_json::json;

use crate::http::register;
use crate::http::support::requests::{new_client, new_public_client};
use crate::http::support::{Client, TestServer};

/// The apps that ask.
pub(super) struct Apps {
    /// Checked, with a home page and terms, and with all that can be asked for.
    pub printer: Client,
    /// On this computer.
    pub tool: Client,
    /// On this phone.
    pub native: Client,
    /// Registered by itself.
    pub stranger: Client,
}

/// All that [`Apps::printer`] may ask for.
pub(super) const SCOPE: &str = "openid profile email phone address offline_access photos:read photos:write albums:share calendar:read photos:erase calendar:admin";

impl Apps {
    pub(super) async fn register(server: &TestServer) -> Self {
        for (name, description) in [
            ("photos:read", "see your photos"),
            ("photos:write", "change your photos"),
            (
                "albums:share",
                "share your albums with people you have not met",
            ),
            ("calendar:read", "see when you are free"),
            ("photos:erase", "erase photos for good"),
            ("calendar:admin", "look after the calendars of others"),
        ] {
            server.add_scope(name, description).await;
        }
        let by = TestServer::by();
        for (role, description) in [("editor", "may write"), ("keeper", "looks after all")] {
            let put = roles::put(&server.app, &by, role, description).await;
            put.unwrap();
        }
        let keepers = ["photos:erase", "calendar:admin"];
        for (uri, name, scope) in [
            (
                "https://photos.example/",
                "Photos",
                "photos:read photos:write albums:share photos:erase",
            ),
            (
                "https://calendar.example/",
                "Calendar",
                "calendar:read calendar:admin",
            ),
        ] {
            let of_keepers = keepers.iter().filter(|of| scope.contains(**of));
            let new = NewResource {
                uri: uri.to_owned(),
                name: Some(name.to_owned()),
                scope: scope.to_owned(),
                scope_roles: of_keepers
                    .map(|scope| ((*scope).to_owned(), ["keeper".to_owned()].into()))
                    .collect(),
                ..NewResource::default()
            };
            let added = resources::add(&server.app, &TestServer::by(), new).await;
            added.unwrap();
        }
        let at = |path: &str| Some(format!("https://printer.example{path}"));
        let mut new = new_client("Photo Printer", &["https://app.printer.example/callback"]);
        new.fields.scope = Some(SCOPE.to_owned());
        let resources = ["https://photos.example/", "https://calendar.example/"];
        new.fields.resources = Some(resources.map(ToOwned::to_owned).into());
        new.fields.client_uri = at("/");
        new.fields.policy_uri = at("/privacy");
        new.fields.tos_uri = at("/terms");
        new.fields.post_logout_redirect_uris =
            Some(vec!["https://app.printer.example/out".to_owned()]);
        new.fields.frontchannel_logout_uri = Some("https://app.printer.example/bye".to_owned());
        let stranger = json!({
            "client_name": "Free Photo Printer", "redirect_uris": ["https://app.example/callback"], "scope": "openid email",
        });
        let stranger = register::register(server, &stranger).await;
        Self {
            printer: server.add_client(new).await,
            tool: server
                .add_client(new_public_client(
                    "Backup Tool",
                    &["http://localhost:3000/cb"],
                ))
                .await,
            native: server
                .add_client(new_public_client(
                    "Pocket Printer",
                    &["com.example.app:/cb"],
                ))
                .await,
            stranger: Client::registered(server, &stranger),
        }
    }
}
