//! `/account/data`: all that is stored about the person, to take along.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::{Value, json};

use super::frame::{self, Frame, Section};
use super::{apps, events, guard, sessions};
use crate::admin::AdminError;
use crate::admin::users::{self, UserView};
use crate::http::pages::layout::Layout;
use crate::http::respond;
use crate::http::web::Web;
use crate::model::session::SignedIn;
use crate::model::upstream::UpstreamAccount;
use crate::text_id;

const DOWNLOAD: &str = "/account/data/download";
/// Events are read so many at a time, and no more than that many in all: strangers can add to them.
const AT_ONCE: i64 = 1000;
const MOST_EVENTS: usize = 50_000;

#[derive(Template)]
#[template(path = "pages/account/data.html")]
struct DataPage {
    layout: Layout,
    frame: Frame,
    download_href: String,
    delete_href: Option<String>,
}

pub(super) async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::signed_in(&request, &web).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let title = text_id!("account-data-title");
    let is_deletable = web.app.config.account.deletable;
    let view = DataPage {
        frame: Frame::new(&request, &web, &signed_in, Section::Data, title),
        download_href: web.href(DOWNLOAD),
        delete_href: is_deletable.then(|| web.href(super::delete::HERE)),
        layout: web.layout_for(&request),
    };
    frame::show(&request, &web, StatusCode::OK, &view)
}

/// The file. Nothing in it opens anything: no secret, no hash, no token.
pub(super) async fn download(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let signed_in = match guard::recent(&request, &web, DOWNLOAD).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let data = match collect(&web, &signed_in).await {
        Ok(data) => data,
        Err(error) => return guard::failed(&request, &web, error),
    };
    let Ok(body) = serde_json::to_vec_pretty(&data) else {
        return HttpResponse::InternalServerError().finish();
    };
    let response = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"account.json\"",
        ))
        .body(body);
    respond::isolated(response)
}

async fn collect(web: &Web, signed_in: &SignedIn) -> Result<Value, AdminError> {
    let (app, user) = (&web.app, &signed_in.user);
    let claims = users::claims_of(app, user).await?;
    let changed_at = app.store.password_changed_at(user.id).await?;
    let (approvals, grants) = apps::all(web, signed_in).await?;
    let events = all_events(web, signed_in).await?;
    Ok(json!({
        "issuer": app.issuer(),
        "exported_at": app.clock.now(),
        "account": UserView::with_claims(user, &claims),
        "language": user.locale,
        "password_changed_at": changed_at,
        "second_factors": factors(web, signed_in).await?,
        "accounts_elsewhere": elsewhere(web, signed_in).await?,
        "sessions": sessions::all(web, signed_in).await?,
        "approvals": approvals,
        "grants": grants,
        "events": events,
    }))
}

/// What there is to sign in with beside the password, by name and date.
async fn factors(web: &Web, signed_in: &SignedIn) -> Result<Value, AdminError> {
    let (store, id) = (&web.app.store, signed_in.user.id);
    let passkeys = store.list_passkeys(id).await?;
    let passkeys = passkeys.iter().map(|passkey| {
        json!({
            "name": passkey.name,
            "created_at": passkey.created_at,
            "last_used_at": passkey.last_used_at,
        })
    });
    let totp = store.find_totp(id).await?;
    Ok(json!({
        "passkeys": passkeys.collect::<Vec<Value>>(),
        "authenticator_app_since": totp.map(|totp| totp.created_at),
        "recovery_codes_left": store.count_recovery_codes(id).await?,
    }))
}

/// The accounts elsewhere that sign in here.
async fn elsewhere(web: &Web, signed_in: &SignedIn) -> Result<Vec<Value>, AdminError> {
    let all = web.app.store.list_upstream_accounts(signed_in.user.id);
    let view = |account: UpstreamAccount| {
        json!({
            "provider": account.provider,
            "issuer": account.issuer,
            "subject": account.subject,
            "email": account.email,
            "created_at": account.created_at,
            "last_used_at": account.last_used_at,
        })
    };
    Ok(all.await?.into_iter().map(view).collect())
}

async fn all_events(web: &Web, signed_in: &SignedIn) -> Result<Vec<Value>, AdminError> {
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let part = events::part(web, signed_in, before, AT_ONCE).await?;
        before = part.last().map(|event| event.id);
        all.extend(part.iter().map(|event| {
            let by_others = events::is_by_others(signed_in, event);
            json!({
                "at": event.at,
                "kind": event.kind,
                "by_somebody_else": by_others,
                "client_id": event.client_id,
                // Where an administrator was is nothing for others.
                "address": event.address.as_ref().filter(|_| !by_others),
                "detail": event.detail,
            })
        }));
        let is_last = part.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        if is_last || all.len() >= MOST_EVENTS {
            return Ok(all);
        }
    }
}
