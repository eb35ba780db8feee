//! Serves the site without the function on this machine, for authors.

use super::{Live, News, Shown, Watching, answer, overlaid, respond, routes, watch};
use crate::build::Failure;
use crate::build::incremental::Builder;
use crate::check::build_profile::BuildProfile;
use crate::diagnostics::system::reason;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Response, StatusCode, Uri};
use jiff::Timestamp;
use notify::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};

/// A served site; it stops when dropped.
pub struct Serving {
    /// The address: `http://127.0.0.1:8080`.
    pub address: String,
    live: Arc<Live>,
    _watching: Watching,
    _runtime: Runtime,
}

/// An error that keeps a site from being served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The port is taken or not permitted.
    #[error(
        "Port {port} på 127.0.0.1 kan ikke bruges ({reason}). Luk det andet program, eller vælg en anden port: --port {next}"
    )]
    Port {
        /// The port.
        port: u16,
        /// The reason that the system gives.
        reason: String,
        /// Another port to try.
        next: u16,
    },
    /// The folder cannot be watched.
    #[error("Mappen kan ikke overvåges ({0}).")]
    Folder(String),
    /// The site could not be built, whatever the content.
    #[error(transparent)]
    Build(#[from] Failure),
    /// The server could not be started.
    #[error("Serveren kan ikke starte ({}).", reason(.0))]
    Server(#[from] std::io::Error),
}

/// Serves a folder at 127.0.0.1, including drafts, and shows saved changes at once; port 0 chooses a free one.
/// `progress` gets the number of finished images and their total, if they take long.
pub fn serve(
    content: &Path,
    port: u16,
    now: impl Fn() -> Timestamp + Send + 'static,
    report: impl FnMut(News<'_>) + Send + 'static,
    progress: fn(usize, usize),
) -> Result<Serving, ServeError> {
    let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let next = port.checked_add(1).unwrap_or(8080);
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", port))).map_err(|error| ServeError::Port {
        port,
        reason: reason(&error),
        next,
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    let builder = Builder::new(content).at(&address).map_err(Failure::from)?.reporting(progress);
    let live = Arc::new(Live::new(builder, BuildProfile::preview(now()))?);
    let watching =
        watch(Arc::clone(&live), content, now, report).map_err(|error| ServeError::Folder(message(&error)))?;
    let app = Router::new().fallback(file).with_state(Arc::clone(&live)).merge(routes(Arc::clone(&live)));
    runtime.spawn(async move { axum::serve(listener, app).await });
    Ok(Serving { address, live, _watching: watching, _runtime: runtime })
}

impl Serving {
    /// The current state.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        self.live.shown()
    }
}

/// The reason why a folder cannot be watched.
fn message(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::Io(error) => reason(error),
        ErrorKind::PathNotFound => "findes ikke".to_owned(),
        ErrorKind::MaxFilesWatch => "systemet overvåger ikke flere mapper".to_owned(),
        _ => error.to_string(),
    }
}

/// The paths that the function answers in the cloud.
const FUNCTION: [&str; 4] = ["/indsend/", "/kvittering/", "/sag/", "/find-kreds"];

async fn file(State(live): State<Arc<Live>>, method: Method, uri: Uri) -> Response<Body> {
    let path = uri.path();
    if method != Method::GET && method != Method::HEAD || FUNCTION.iter().any(|prefix| path.starts_with(prefix)) {
        return respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", "no-store", NO_FUNCTION.into());
    }
    let shown = live.shown();
    overlaid(answer(&shown, path), &shown, path).await
}

const NO_FUNCTION: &str = "<!doctype html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><title>Kun siderne</title>\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body><h1>Her er kun siderne</h1>\
    <p>Formularer og søgning virker, når hele tjenesten kører. Stop dette program, og skriv: cargo run</p></body></html>\n";
