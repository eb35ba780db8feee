//! The program: starts as the arguments say, prints where, and waits for the end.

use crate::{Options, StartError, start};
use site_gen::{complain, say};
use std::process::ExitCode;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Runs until Ctrl-C; the exit code says whether it could start.
pub async fn program() -> ExitCode {
    let options = match site_gen::cli::terminal::arguments::<Options>() {
        Ok(options) => options,
        Err(code) => return code,
    };
    // The embedded database warns of every condition that does not hold, which here is an everyday answer.
    let heard = Targets::new().with_default(tracing::Level::INFO).with_target("dynoxide", tracing::Level::ERROR);
    tracing_subscriber::registry().with(fmt::layer().with_target(false).compact()).with(heard).init();
    match start(options).await {
        Ok(running) => {
            say!("The site:        {}/", running.address);
            say!("Mail to kredse:  {}/_post/", running.address);
            let settings = running.settings.display();
            say!("For operators:   cargo run --bin operator -- --settings '{settings}' owed");
            say!("Stop with Ctrl-C. Save a file in {} and the browser shows it.", running.content.display());
            // Whether the signal comes or cannot be waited for, the program ends.
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
