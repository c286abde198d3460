//! Frames through which the browser tells clients that its session has ended (OIDC Front-Channel Logout 1.0).

use url::Url;

use super::subject;
use crate::app::App;
use crate::model::id::{ClientId, SessionId};
use crate::storage;
use crate::texts::Language;

/// One frame of the page after signing out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The registered address with `iss` and `sid` (§3).
    pub src: String,
    /// What the content security policy has to let through.
    pub origin: String,
    pub client_name: String,
}

/// The frames for those of `clients` that registered an address for that; what the apps are called in that language.
pub async fn frames(
    app: &App,
    clients: &[ClientId],
    session: SessionId,
    language: Language,
) -> storage::Result<Vec<Frame>> {
    let mut frames = Vec::new();
    for id in clients {
        let client = app.find_client(id.as_str()).await?;
        let Some(client) = client.filter(|client| client.is_enabled()) else {
            continue;
        };
        let Some(uri) = &client.metadata.frontchannel_logout_uri else {
            continue;
        };
        let Ok(sid) = subject::of_session(app, &client, session) else {
            continue;
        };
        let name = client.metadata.name_in(language.tag());
        frames.extend(frame(uri, app.issuer(), &sid, name));
    }
    Ok(frames)
}

fn frame(uri: &str, issuer: &str, sid: &str, client_name: &str) -> Option<Frame> {
    let url = Url::parse(uri).ok()?;
    let origin = url.origin().ascii_serialization();
    // A host may hold characters that would end the directive in the policy, or begin another.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:/[]".contains(c);
    if !matches!(url.scheme(), "https" | "http") || !origin.chars().all(is_plain) {
        return None;
    }
    let separator = if uri.contains('?') { '&' } else { '?' };
    let params = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("iss", issuer)
        .append_pair("sid", sid)
        .finish();
    Some(Frame {
        src: format!("{uri}{separator}{params}"),
        origin,
        client_name: client_name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // S161
    #[test]
    fn a_frame_leads_to_the_registered_address_and_cannot_bend_the_policy() {
        let id = "a session";
        let src = |uri: &str| frame(uri, "https://as.example", id, "App").map(|frame| frame.src);
        let params = "iss=https%3A%2F%2Fas.example&sid=a+session";
        assert_eq!(
            src("https://app.example/out").unwrap(),
            format!("https://app.example/out?{params}")
        );
        assert_eq!(
            src("https://app.example/out?a=b").unwrap(),
            format!("https://app.example/out?a=b&{params}")
        );
        let local = frame("http://[::1]:8080/out", "x", id, "App").unwrap();
        assert_eq!(local.origin, "http://[::1]:8080");
        for bad in [
            "https://a;script-src.example/",
            "https://a,b.example/",
            "https://a'b.example/",
            "data:text/html,x",
        ] {
            assert_eq!(src(bad), None, "{bad}");
        }
    }
}
