//! The program: starts the service from its arguments, prints the addresses, and waits for the end.

use crate::{Options, StartError, start};
use site_gen::{complain, say};
use std::process::ExitCode;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Runs until Ctrl-C. The exit code is a failure if the service could not start.
pub async fn program() -> ExitCode {
    let options = match site_gen::cli::terminal::arguments::<Options>() {
        Ok(options) => options,
        Err(code) => return code,
    };
    // The embedded database warns of every failed condition, but here these are normal responses.
    let heard = Targets::new().with_default(tracing::Level::INFO).with_target("dynoxide", tracing::Level::ERROR);
    tracing_subscriber::registry().with(fmt::layer().with_target(false).compact()).with(heard).init();
    match start(options).await {
        Ok(running) => {
            say!("The site:        {}/", running.address);
            say!("Mail to kredse:  {}/_post/", running.address);
            let settings = running.settings.display();
            say!("For operators:   cargo run --bin operator -- --settings '{settings}' owed");
            say!("Stop with Ctrl-C. Save a file in {} and the browser shows it.", running.content.display());
            // Ends the program also if it cannot wait for the signal.
            let _ = tokio::signal::ctrl_c().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            if let StartError::Content { diagnostics } = &error {
                site_gen::cli::report::print(diagnostics, "");
            }
            complain!("{error}");
            ExitCode::FAILURE
        }
    }
}
