//! The program `site-gen`.

fn main() -> std::process::ExitCode {
    site_gen::cli::run()
}
