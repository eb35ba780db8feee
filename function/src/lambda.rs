//! The Lambda's startup: it reads the settings, wires the service and hands it to the runtime.

use crate::Service;
use crate::clock::Clock;
use crate::metrics::Metrics;
use crate::settings::Settings;
use lambda_http::{Error, run, service_fn};

/// Runs as a Lambda until the runtime ends it. Fails at once if a setting is missing.
pub async fn lambda() -> Result<(), Error> {
    tracing_subscriber::fmt().json().with_target(false).without_time().init();
    crate::panics::keep_quiet();
    let service = Service::new(Settings::from_env()?, Clock::System)?.measured_by(Metrics::Lines);
    // The first connection costs a TLS handshake, so make it while the machine starts. If it fails, the first request
    // tries again, and reports it if that fails too.
    let _ = service.warm_up().await;
    let service = &service;
    run(service_fn(move |request| async move { service.handle(request).await.map_err(Error::from) })).await
}
