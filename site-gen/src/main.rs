//! The program `site-gen`.

/// The allocator of the system makes a large build take a sixth more of the processor: it grows the heap of each thread in
/// small steps.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    site_gen::cli::run()
}
