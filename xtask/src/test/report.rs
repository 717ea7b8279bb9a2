//! The table at the end of `cargo xtask test`.

use std::fmt::Write;
use std::time::Instant;

/// How a step ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    /// It ran and found something; it has said what.
    Failed,
    /// It could not run, and why.
    Skipped(String),
}

impl From<bool> for Verdict {
    fn from(well: bool) -> Self {
        if well { Self::Passed } else { Self::Failed }
    }
}

struct Row {
    name: String,
    verdict: Verdict,
    seconds: f64,
    why: String,
}

/// The steps so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Runs a step and notes how it ended. An error is a failure that names its reason.
    pub fn step(&mut self, name: &str, step: impl FnOnce() -> Result<Verdict, String>) {
        println!("\n── {name}");
        let start = Instant::now();
        let (verdict, why) = match step() {
            Ok(Verdict::Skipped(why)) => (Verdict::Skipped(why.clone()), why),
            Ok(verdict) => (verdict, String::new()),
            Err(why) => (Verdict::Failed, why),
        };
        if !why.is_empty() {
            println!("{why}");
        }
        self.rows.push(Row { name: name.into(), verdict, seconds: start.elapsed().as_secs_f64(), why });
    }

    /// Whether the run counts as good.
    pub fn is_well(&self, strict: bool) -> bool {
        self.rows.iter().all(|row| match row.verdict {
            Verdict::Passed => true,
            Verdict::Failed => false,
            Verdict::Skipped(_) => !strict,
        })
    }

    /// Prints the table and, as the last line, the sums.
    pub fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let mut text = format!("{:<28}{:<9}{:>9}\n", "step", "result", "seconds");
        for row in &self.rows {
            let result = match row.verdict {
                Verdict::Passed => "passed",
                Verdict::Failed => "failed",
                Verdict::Skipped(_) => "skipped",
            };
            let line = format!("{:<28}{result:<9}{:>9.1}   {}", row.name, row.seconds, row.why);
            let written = writeln!(text, "{}", line.trim_end());
            debug_assert!(written.is_ok(), "a String takes everything");
        }
        let count = |is: fn(&Verdict) -> bool| self.rows.iter().filter(|row| is(&row.verdict)).count();
        let passed = count(|verdict| *verdict == Verdict::Passed);
        let failed = count(|verdict| *verdict == Verdict::Failed);
        let skipped = self.rows.len() - passed - failed;
        format!("{text}{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts() {
        let mut report = Report::default();
        report.step("fmt", || Ok(Verdict::Passed));
        report.step("browser", || Ok(Verdict::Skipped("Chromium: missing.".into())));
        assert!(report.is_well(false) && !report.is_well(true));
        report.step("rules", || Err("did not start.".into()));
        assert!(!report.is_well(false));
        assert!(report.table().ends_with("\n1 passed, 1 failed, 1 skipped"));
        assert!(report.table().contains("Chromium: missing."));
    }
}
