//! The entry point of the program `site-gen`.

/// With the system's allocator, a large build takes a sixth more CPU time: it grows the heap of each thread in small
/// steps.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    site_gen::cli::run()
}
