//! The program `av-portal`.

fn main() -> std::process::ExitCode {
    server::commands::main()
}
