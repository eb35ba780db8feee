//! The Lambda's program: it reads the settings, wires the service and hands it to the runtime.

use function::{Service, clock::Clock, settings::Settings};
use lambda_http::{Error, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing_subscriber::fmt().json().with_target(false).without_time().init();
    let service = Service::new(Settings::from_env()?, Clock::System)?;
    // The first connection costs a TLS handshake: make it while the machine starts. If it fails, the first request tries again.
    let _ = service.warm_up().await;
    let service = &service;
    run(service_fn(move |request| async move { Ok::<_, Error>(service.handle(request).await) })).await
}
