//! The program `site-gen`.

/// The allocator of the system takes a fifth of the time of a build: two threads let go of what the other asked for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    site_gen::cli::run()
}
