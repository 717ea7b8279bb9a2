//! Whatever bytes come as a file: nothing breaks, and nothing is imported by half.

use super::{HEADER, how_many, import_with, row};
use crate::harness::{TestApp, each_database};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use service::customers::csv_file;

proptest! {
    #[test]
    fn any_bytes_are_a_table_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = csv_file::read(&bytes, &domain::import::CUSTOMER_COLUMNS, 8);
    }

    #[test]
    fn what_is_written_is_read_again(cells in proptest::collection::vec(".{0,20}", 3)) {
        let written = csv_file::write(&["a", "b", "c"], [cells.clone()]).expect("written");
        let table = csv_file::read(&written, &["a", "b", "c"], 3).expect("read");
        if cells.iter().all(|c| c.trim().is_empty()) {
            prop_assert!(table.rows.is_empty());
        } else {
            let row = table.rows[0].cells.as_ref().expect("a row");
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), cells);
            prop_assert_eq!(table.rows[0].line, 2);
        }
    }
}

/// A good file with a few signs changed, and whether bad rows are skipped.
fn damaged() -> impl Strategy<Value = (Vec<u8>, bool)> {
    let good = format!("{HEADER}\n{}\n{}\n{}\n", row("K1"), row("K2"), row("K3")).into_bytes();
    let sign = prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), Just(b';'), any::<u8>()];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), sign), 0..4);
    (changes, any::<bool>()).prop_map(move |(changes, skip)| {
        let mut file = good.clone();
        for (at, sign) in changes {
            let at = at.index(file.len());
            file[at] = sign;
        }
        (file, skip)
    })
}

#[tokio::test]
async fn a_damaged_file_is_imported_whole_or_not_at_all() {
    each_database(async |test| {
        let mut runner = TestRunner::deterministic();
        for _ in 0..60 {
            let (file, skip_bad) = damaged().new_tree(&mut runner).expect("a file").current();
            imports_whole_or_not_at_all(test, file, skip_bad).await;
        }
    })
    .await;
}

async fn imports_whole_or_not_at_all(test: &TestApp, file: Vec<u8>, skip_bad: bool) {
    let before = how_many(test).await;
    let report = import_with(test, file.clone(), skip_bad).await;
    let after = how_many(test).await;
    let shown = String::from_utf8_lossy(&file);
    assert_eq!(after - before, report.created, "{shown}");
    if report.refused {
        assert_eq!((report.created, report.updated, report.unchanged), (0, 0, 0), "{shown}");
        assert!(!report.bad.is_empty(), "{shown}");
    } else {
        assert!(skip_bad || report.bad.is_empty(), "{shown}");
    }
    assert!(report.bad.iter().all(|row| row.line > 0 && !row.mistakes.is_empty()), "{shown}");
    assert!(report.bad.is_sorted_by_key(|row| row.line), "{shown}");
}
