//! The authorization tester: a request goes through the very checks, the very decision and the very minting of the protocol, as the person
//! who is signed in, and stops before anything is stored. Nothing that comes of it can be used: codes are not made, and tokens leave
//! here decoded, without their signature, of a grant that does not exist.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use oauth2_types::requests::Prompt;
use serde_json::Value;

use super::authorize::next_step::{Facts, Step, next_step};
use super::authorize::request::{self, Checked};
use super::error::{AuthorizeError, Error, ErrorCode};
use super::params::Params;
use super::token::mint::{self, Beside, PersonGrant, access};
use super::{roles, subject};
use crate::app::App;
use crate::model::consent::Consent;
use crate::model::grant::Grant;
use crate::model::id::GrantId;
use crate::model::scope::{OPENID, Scopes};
use crate::model::session::SignedIn;
use crate::random;

/// What came of a request.
#[derive(Debug)]
pub struct Trial {
    pub step: Step,
    /// The redirect URI that the answer goes to.
    pub redirect_uri: String,
    /// What was allowed before for these resources.
    pub before: Option<Consent>,
    /// What of the scope the person may not have, by their roles.
    pub barred: Scopes,
    /// What the tokens would say, if all that is asked is allowed; `None` where none would be issued.
    pub tokens: Option<Tokens>,
}

/// Tokens as they would be.
#[derive(Debug)]
pub struct Tokens {
    pub access: Decoded,
    /// With the scope `openid`.
    pub id: Option<Decoded>,
}

/// A token without its signature.
#[derive(Debug)]
pub enum Decoded {
    Jwt {
        header: Value,
        claims: Value,
    },
    /// A reference; what it stands for is told by introspection.
    Opaque,
}

/// Why a request fails, and whether the client learns of it.
#[derive(Debug)]
pub struct Failure {
    pub code: ErrorCode,
    pub reason: String,
    /// `false`: the person sees a page, because no way back to the client is proven.
    pub is_returned: bool,
}

impl From<AuthorizeError> for Failure {
    fn from(error: AuthorizeError) -> Self {
        let (error, is_returned) = match error {
            AuthorizeError::Shown(error) => (error, false),
            AuthorizeError::Returned(_, error) => (error, true),
        };
        Self::of(&error, is_returned)
    }
}

impl Failure {
    fn of(error: &Error, is_returned: bool) -> Self {
        Self {
            code: error.code,
            reason: error.reason.to_string(),
            is_returned,
        }
    }
}

/// Runs it. Reads only.
pub async fn run(app: &App, params: &Params, signed_in: &SignedIn) -> Result<Trial, Failure> {
    let now = app.clock.now();
    let checked = request::check(app, params, now).await?;
    let returned = |error: Error| Failure::of(&error, true);
    let asked = &checked.request;
    // As in the protocol: of the installation's own apps nobody is asked.
    let is_asked = !checked.client.is_first_party || asked.has_prompt(&Prompt::Consent);
    let before = if is_asked {
        let found = app
            .store
            .find_consent(signed_in.user.id, &checked.client.id, &asked.resources);
        found.await.map_err(|error| returned(error.into()))?
    } else {
        None
    };
    let roles = &signed_in.user.roles;
    let barred = roles::barred(&app.registry(), &asked.resources, &asked.scope, roles);
    let step = next_step(&Facts {
        request: asked,
        client: &checked.client,
        redirect: checked.reply.callback.kind(),
        session: Some(&signed_in.session),
        consent: before.as_ref(),
        barred: &barred,
        now,
    });
    let scope = match &step {
        Step::Issue { scope } => Some(scope.clone()),
        // Everything is ticked as the page comes.
        Step::AskConsent { asked } => Some(asked.clone()),
        _ => None,
    };
    let tokens = match scope {
        Some(scope) => Some(
            tokens(app, &checked, signed_in, &scope)
                .await
                .map_err(returned)?,
        ),
        None => None,
    };
    Ok(Trial {
        step,
        redirect_uri: checked.request.redirect_uri.clone(),
        before,
        barred,
        tokens,
    })
}

/// Mints as the token endpoint does for the first access token, for a grant that stays in memory.
async fn tokens(
    app: &App,
    checked: &Checked,
    signed_in: &SignedIn,
    allowed: &Scopes,
) -> Result<Tokens, Error> {
    let now = app.clock.now();
    let (client, asked, session) = (&checked.client, &checked.request, &signed_in.session);
    let scope = allowed.filter(|name| asked.scope.contains(name));
    let claims = asked.claims.as_ref().filter(|_| scope.contains(OPENID));
    let claims = claims.and_then(|claims| claims.within(allowed));
    let resource = asked.resources.only();
    let ttl = access::ttl(app, &app.registry(), resource);
    let grant = Grant {
        id: GrantId(random::uuid()),
        client_id: client.id.clone(),
        user_id: signed_in.user.id,
        session_id: Some(session.id),
        scope: scope.clone(),
        resources: asked.resources.clone(),
        claims,
        auth_time: session.authenticated_at,
        amr: session.amr.clone(),
        is_offline: false,
        created_at: now,
        expires_at: now + TimeDelta::seconds(ttl),
        revoked_at: None,
    };
    let person = PersonGrant {
        client,
        user: &signed_in.user,
        grant: &grant,
        scope: &scope,
        resource,
        nonce: asked.nonce.as_deref(),
        claims: mint::requested_claims(app, client, &signed_in.user, &grant).await?,
        refresh_token: None,
        now,
    };
    let registry = app.registry();
    let sub = subject::of(app, client, signed_in.user.id)?;
    let answer = mint::access_token(app, &registry, &person, &sub)?;
    let id = if scope.contains(OPENID) {
        let beside = Beside {
            access_token: Some(&answer.access_token),
            code: None,
        };
        let token = mint::id_token(app, &registry, &person, &sub, beside)?;
        Some(decode(&token))
    } else {
        None
    };
    Ok(Tokens {
        access: decode(&answer.access_token),
        id,
    })
}

/// The signature is dropped here: what is shown cannot be sent to anybody.
fn decode(token: &str) -> Decoded {
    let part = |text: Option<&str>| {
        let bytes = URL_SAFE_NO_PAD.decode(text?).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let mut parts = token.split('.');
    match (part(parts.next()), part(parts.next())) {
        (Some(header), Some(claims)) => Decoded::Jwt { header, claims },
        _ => Decoded::Opaque,
    }
}
