//! The program `uncoil`: arguments in, exit status out. Everything else is in the library.

fn main() -> std::process::ExitCode {
    uncoil::cli::main()
}
