//! The only room that knows actix: addresses, pages, headers, cookies. Everything decided here is about HTTP; what the
//! protocol demands is in `oauth`, who somebody is in `identity`.

mod api;
mod assets;
mod body;
mod brand;
mod console;
mod cookies;
mod cors;
mod csrf;
pub(crate) mod demo;
mod documents;
mod endpoints;
mod flash;
mod headers;
mod language;
pub mod pages;
mod place;
mod proof;
mod refusals;
mod respond;
mod return_to;
mod routes;
mod sign_in;
mod web;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::{App as ActixApp, HttpServer};

use crate::app::App;
use crate::identity::Identity;
use web::Web;

pub use api::described as api_description;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection may rest between requests.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Connections at once, over all workers.
const MAX_CONNECTIONS: usize = 25_000;

/// A server that has bound its address; it serves while [`Running::server`] is awaited.
pub struct Running {
    pub server: Server,
    pub address: SocketAddr,
}

impl Running {
    /// The handle that stops it: with `stop(true)` after what is in flight.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }
}

/// Runs a future on actix's runtime, on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    actix_web::rt::System::new().block_on(future)
}

/// Serves on a listener that is bound already. `is_demo` adds the sample client and API.
pub fn serve(
    app: Arc<App>,
    identity: Arc<Identity>,
    listener: TcpListener,
    is_demo: bool,
) -> io::Result<Running> {
    let address = listener.local_addr()?;
    let workers = app.config.worker_count();
    let shutdown = app.config.shutdown_timeout.as_secs();
    let web = actix_web::web::Data::new(Web::new(app, identity, is_demo));
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(web.clone())
            .wrap(actix_web::middleware::from_fn(headers::around))
            .configure(|config| routes::all(config, &web))
    })
    .workers(workers)
    .max_connections(MAX_CONNECTIONS / workers.max(1))
    .client_request_timeout(HEAD_TIMEOUT)
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(shutdown)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(Running { server, address })
}
