//! Every operation of the admin API, once: from this table come the addresses and the document alike.

use std::future::{Ready, ready};

use actix_web::http::Method;
use actix_web::{Route, Scope, guard, web};
use utoipa::OpenApi;

use super::call::Call;
use super::problem::{Problem, ProblemBody};
use super::reply::Answer;
use super::{
    audit, clients, errors, grants, invitations, keys, registration_tokens, resources, roles,
    scopes, sessions, settings, upstream_accounts, users,
};

macro_rules! operations {
    ($($path:literal: $($method:ident $module:ident::$handler:ident),+;)+) => {
        /// The operations, for the document.
        #[derive(OpenApi)]
        #[openapi(paths($($($module::$handler),+),+), components(schemas(ProblemBody)))]
        pub(super) struct Operations;

        /// Puts every operation at its address; other methods are told which there are (RFC 9110 §15.5.6).
        pub(super) fn register(scope: Scope) -> Scope {
            scope
                $(.service({
                    let allow = allow(&[$(stringify!($method)),+]);
                    web::resource($path)
                        $(.route(by(stringify!($method)).to($module::$handler)))+
                        .default_service(web::to(move |call: Call| wrong_method(&call, &allow)))
                }))+
        }
    };
}

operations! {
    "/clients": get clients::list, post clients::add;
    "/clients/{client_id}": get clients::show, put clients::put, patch clients::change, delete clients::remove;
    "/clients/{client_id}/disable": post clients::disable;
    "/clients/{client_id}/enable": post clients::enable;
    "/clients/{client_id}/secrets": get clients::secrets, post clients::add_secret;
    "/clients/{client_id}/secrets/{id}": delete clients::remove_secret;
    "/users": get users::list, post users::add;
    "/users/{user}": get users::show, patch users::change, delete users::remove;
    "/users/{user}/disable": post users::disable;
    "/users/{user}/enable": post users::enable;
    "/users/{user}/password": put users::set_password;
    "/users/{user}/reset-link": post users::reset_link;
    "/users/{user}/factors": delete users::remove_factors;
    "/users/{user}/upstream-accounts": get upstream_accounts::list;
    "/users/{user}/upstream-accounts/{id}": delete upstream_accounts::remove;
    "/invitations": get invitations::list, post invitations::add;
    "/invitations/{id}": delete invitations::withdraw;
    "/scopes": get scopes::list;
    "/scopes/{name}": get scopes::show, put scopes::put, delete scopes::remove;
    "/roles": get roles::list;
    "/roles/{name}": get roles::show, put roles::put, delete roles::remove;
    "/resources": get resources::list;
    "/resources/{resource}": get resources::show, put resources::put, patch resources::change, delete resources::remove;
    "/keys": get keys::list, post keys::rotate;
    "/keys/{kid}": delete keys::remove;
    "/registration-tokens": get registration_tokens::list, post registration_tokens::add;
    "/registration-tokens/{id}": delete registration_tokens::remove;
    "/users/{user}/sessions": get sessions::list_of_user, delete sessions::remove_of_user;
    "/sessions": get sessions::list;
    "/sessions/{id}": delete sessions::remove;
    "/grants": get grants::list;
    "/grants/{id}": delete grants::revoke;
    "/consents": get grants::consents, delete grants::withdraw;
    "/audit-events": get audit::list;
    "/audit-events/verification": get audit::verification;
    "/errors": get errors::list;
    "/errors/{id}": get errors::show;
    "/errors/{id}/mend": post errors::mend;
    "/settings": get settings::list;
}

fn by(method: &str) -> Route {
    match method {
        "get" => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        "post" => web::post(),
        "put" => web::put(),
        "patch" => web::patch(),
        "delete" => web::delete(),
        other => web::route().guard(guard::fn_guard({
            let method = Method::from_bytes(other.as_bytes()).ok();
            move |context| Some(&context.head().method) == method.as_ref()
        })),
    }
}

fn allow(methods: &[&str]) -> String {
    let mut names: Vec<String> = methods
        .iter()
        .map(|name| name.to_ascii_uppercase())
        .collect();
    if methods.contains(&"get") {
        names.insert(1, "HEAD".to_owned());
    }
    names.join(", ")
}

fn wrong_method(_: &Call, allow: &str) -> Ready<Answer> {
    ready(Err(Problem::wrong_method(allow)))
}
