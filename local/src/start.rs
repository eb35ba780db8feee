//! The start of the service: all parts, in the order in which they depend on each other.

use crate::secret::Secrets;
use crate::settings::Machine;
use crate::{Options, database, preview, server};
use function::Service;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt};
use site_gen::diagnostics::diagnostic::Diagnostic;
use site_gen::preview::Watching;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// The running service; it stops when this is dropped.
pub struct Running {
    /// The URL of the site: `http://127.0.0.1:8080`.
    pub address: String,
    /// The URL of the database's DynamoDB API.
    pub database: String,
    /// The folder of the content.
    pub content: PathBuf,
    /// The folder that mail is delivered to, one `.eml` file per mail.
    pub mail: PathBuf,
    /// The file with the service's settings, for the operator's tool.
    pub settings: PathBuf,
    /// The function that answers requests.
    pub service: Arc<Service>,
    _tasks: JoinSet<()>,
    _watching: Option<Watching>,
}

/// The reason why the service did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The port is in use, or not permitted.
    #[error(
        "Cannot listen on 127.0.0.1:{port} ({reason}). Stop the other program, or choose another port: cargo run -- --port {next}"
    )]
    Port {
        /// The port.
        port: u16,
        /// The operating system's error message.
        reason: String,
        /// Another port to try.
        next: u16,
    },
    /// The data folder cannot be used.
    #[error("Cannot use the data folder {}: {reason}. Choose another: cargo run -- --data FOLDER", folder.display())]
    Data {
        /// The folder.
        folder: PathBuf,
        /// The operating system's error message.
        reason: String,
    },
    /// The content has mistakes.
    #[error("Der er fejl i indholdet. Ret dem, og start igen.")]
    Content {
        /// All mistakes in the content.
        diagnostics: Vec<Diagnostic>,
    },
    /// An internal error.
    #[error("The service cannot start: {0}")]
    Fault(String),
}

/// Starts the service.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listener = listen(options.port).await?;
    let address = listener.local_addr().map_err(fault)?;
    let origin = format!("http://{address}");
    let (live, site) = preview::live(&options, &origin)?;
    let data = folder(&options.data)?;
    let mail = folder(&options.data.join("post"))?;

    let mut tasks = JoinSet::new();
    // Before the database is created: if it exists, the secrets must exist.
    let secrets = Secrets::read_or_make(&data)?;
    let database = database::serve(&data, &mut tasks).await?;
    let (port, limit) = (address.port(), options.limit);
    let machine = Machine { data: &data, mail: &mail, secrets, database: &database, port, limit };
    let (settings, file) = machine.settings()?;
    let service = Arc::new(Service::new(settings, options.clock.clone()).map_err(fault)?);
    database::make_tables(service.store()).await?;
    service.store().publish(site.catalog()).await.map_err(fault)?;

    let watching = options.watch.then(|| preview::watch(&live, &site, &service, &options)).transpose()?;
    if options.schedule > 0 {
        tasks.spawn(run_schedule(Arc::clone(&service), Duration::from_secs(options.schedule)));
    }
    let app = server::router(Arc::clone(&service), live, mail.clone(), options.watch, options.clock.clone());
    tasks.spawn(async move {
        if let Err(error) = axum::serve(listener, app).await {
            tracing::error!(%error, "the server stopped");
        }
    });
    Ok(Running {
        address: origin,
        database,
        content: options.content,
        mail,
        settings: file,
        service,
        _tasks: tasks,
        _watching: watching,
    })
}

async fn listen(port: u16) -> Result<TcpListener, StartError> {
    let next = port.checked_add(1).unwrap_or(8080);
    let bound = TcpListener::bind(("127.0.0.1", port)).await;
    bound.map_err(|error| StartError::Port { port, reason: error.kind().to_string(), next })
}

fn folder(path: &Path) -> Result<PathBuf, StartError> {
    let made = std::fs::create_dir_all(path).and_then(|()| path.canonicalize());
    made.map_err(|error| StartError::Data { folder: path.to_owned(), reason: error.to_string() })
}

/// Runs the schedule with the same kind of event that the cloud sends to the function.
async fn run_schedule(service: Arc<Service>, interval: Duration) {
    let mut ticks = tokio::time::interval(interval);
    loop {
        ticks.tick().await;
        let event = Request::new(Body::Empty).with_request_context(RequestContext::PassThrough);
        if let Err(error) = service.handle(event).await {
            tracing::error!(%error, "the schedule could not run; it runs again in a moment");
        }
    }
}

pub(crate) fn fault(error: impl std::fmt::Display) -> StartError {
    StartError::Fault(error.to_string())
}
