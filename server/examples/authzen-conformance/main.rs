//! Serves the certification scenario of AuthZEN 1.0 through the portal's protocol layer, without credentials:
//! `cargo run -p server --example authzen-conformance -- --listen 127.0.0.1:8080 [--base-url https://pdp.example]`.
//! A program of its own: the portal has no way to this policy.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod scenario;

use scenario::Scenario;
use server::access::protocol;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = args.iter().position(|a| a == name);
        at.and_then(|i| args.get(i + 1)).cloned()
    };
    let Some(listen) = value("--listen") else {
        eprintln!("authzen-conformance --listen ADDRESS:PORT [--base-url URL]");
        return ExitCode::from(2);
    };
    // The certification asks for https; then a proxy stands in front, and its address is the base.
    let base = value("--base-url").unwrap_or_else(|| format!("http://{listen}"));
    let served = tokio::runtime::Runtime::new().map(|runtime| runtime.block_on(serve(&listen, &base)));
    match served {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(e)) | Err(e) => {
            eprintln!("authzen-conformance: {listen}: {e}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(listen: &str, base: &str) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(listen).await?;
    println!("AuthZEN certification scenario at {base}");
    axum::serve(listener, protocol::router(Scenario, base.trim_end_matches('/'))).await
}
