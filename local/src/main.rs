//! The program behind `cargo run`.

use clap::Parser;
use local::{Options, StartError, start};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_target(false).compact().init();
    match start(options).await {
        Ok(running) => {
            println!("The site:        {}/", running.address);
            println!("Mail to kredse:  {}/_post/", running.address);
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
