//! A throw-away PostgreSQL: made in the temporary folder, on a free port, gone at the end.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{needs, shell};

const PREFIX: &str = "avp-postgres-";
/// What makes it fast (it may lose everything) and private (no socket in a shared folder).
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 \
                        -c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// A running cluster; dropping it stops it and removes its folder.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster.
    pub fn start() -> Result<Self, String> {
        let programs = needs::postgres_programs()?;
        sweep(&programs);
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|e| format!("{} cannot be made: {e}.", folder.display()))?;
        // From here on a failure removes the folder again.
        let cluster = Self { programs, folder, port: free_port()? };
        cluster.hand_over()?;
        let initdb = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        cluster.output("initdb", &initdb)?;
        let options = format!("-p {} {SETTINGS}", cluster.port);
        let log = cluster.folder.join("log").to_string_lossy().into_owned();
        cluster.output("pg_ctl", &["-l", &log, "-w", "-t", "60", "-o", &options, "start"])?;
        Ok(cluster)
    }

    /// The address for `AVP_TEST_POSTGRES_URL`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// PostgreSQL refuses to run as root, so root gives the folder to somebody else.
    fn hand_over(&self) -> Result<(), String> {
        if needs::is_root() {
            shell::output(Command::new("chown").arg(servant()).arg(&self.folder))?;
        }
        Ok(())
    }

    fn output(&self, program: &str, words: &[&str]) -> Result<String, String> {
        shell::output(call(&self.programs.join(program), &self.folder).args(words))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        remove(&self.programs, &self.folder);
    }
}

/// A program of PostgreSQL on the cluster in `folder`, as a person it accepts.
fn call(program: &Path, folder: &Path) -> Command {
    let mut command = if needs::is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", servant(), "--clear-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder).arg("-D").arg(folder.join("data"));
    command
}

fn servant() -> &'static str {
    let people = fs::read_to_string("/etc/passwd").unwrap_or_default();
    if people.lines().any(|line| line.starts_with("postgres:")) { "postgres" } else { "nobody" }
}

fn remove(programs: &Path, folder: &Path) {
    let stopped = shell::output(call(&programs.join("pg_ctl"), folder).args(["-m", "immediate", "stop"]));
    if stopped.is_err() && folder.join("data/postmaster.pid").exists() {
        println!("xtask: the PostgreSQL in {} did not stop.", folder.display());
    }
    if let Err(why) = fs::remove_dir_all(folder) {
        println!("xtask: {} could not be removed: {why}.", folder.display());
    }
}

/// Removes the clusters of runs that were killed before they could.
fn sweep(programs: &Path) {
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.strip_prefix(PREFIX).is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            remove(programs, &entry.path());
        }
    }
}

fn free_port() -> Result<u16, String> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound.map(|address| address.port()).map_err(|e| format!("no free port was found: {e}."))
}
