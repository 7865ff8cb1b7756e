//! The command-line program: hands the arguments to the library and turns its answer into an exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Threads that read side by side make and drop millions of small texts; the system's own allocator, that of static
/// builds above all, gives the memory back late and makes them wait for each other.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tallyframe::cli::main()
}
