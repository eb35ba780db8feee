//! `site-gen serve`: shows the site in a browser while somebody writes.

use crate::cli::ended::Ended;
use crate::cli::{chain, report};
use crate::preview::{News, serve};
use crate::{complain, say};
use clap::Args;
use jiff::Timestamp;
use std::path::Path;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen serve
  site-gen serve --content content --port 8081

What is saved is in the browser at once, on the page that is open. Mistakes stand over the page. Stop it with Ctrl-C.
`cargo run` also receives forms and shows the mail.")]
pub(crate) struct Serve {
    /// The port to listen on, at 127.0.0.1; 0 chooses a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

impl Serve {
    /// Serves until the program is stopped.
    pub(crate) fn run(&self, content: &Path) -> Ended {
        let serving = serve(content, self.port, Timestamp::now, |news| print(&news), report::progress);
        let serving = serving.map_err(|error| chain(&error))?;
        report::print(&serving.shown().diagnostics, " Browseren viser dem også.");
        say!("Hjemmesiden: {}/", serving.address);
        say!("Gem en fil i {}, og browseren viser det. Stop med Ctrl-C.", content.display());
        loop {
            std::thread::park();
        }
    }
}

fn print(news: &News<'_>) {
    match news {
        News::Built(built) => {
            report::print(&built.warnings, "");
            say!("Bygget igen: {} sider er anderledes.", built.rendered);
        }
        News::Mistakes(diagnostics) => report::print(diagnostics, " Den sidste gode udgave vises."),
        News::Failed(error) => complain!("{}", chain(error)),
    }
}
