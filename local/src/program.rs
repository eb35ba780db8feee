//! The program: start as the arguments say, tell where, and wait for the end.

use crate::{Options, StartError, start};
use clap::Parser;
use std::process::ExitCode;

/// Runs until Ctrl-C; the exit code says whether it could start.
pub async fn program() -> ExitCode {
    let options = Options::parse();
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_target(false).compact().init();
    match start(options).await {
        Ok(running) => {
            println!("The site:        {}/", running.address);
            println!("Mail to kredse:  {}/_post/", running.address);
            let settings = running.settings.display();
            println!("For operators:   cargo run --bin operator -- --settings '{settings}' owed");
            println!("Stop with Ctrl-C. Save a file in {} and the browser shows it.", running.content.display());
            // Whether the signal comes or cannot be waited for, the program ends.
            let _ = tokio::signal::ctrl_c().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            if let StartError::Content { problems } = &error {
                for problem in problems {
                    eprintln!("{problem}");
                }
            }
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
