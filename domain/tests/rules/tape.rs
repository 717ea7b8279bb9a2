//! Random input as a tape of bytes: every property makes its choices from one, so that proptest can shrink
//! any of them. An empty tape always makes the first choice; put the plainest one there.

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};

/// The choices that are still to be made.
pub struct Tape {
    bytes: std::vec::IntoIter<u8>,
}

/// Pieces of which texts are made: what people type, and what breaks parsers.
const PIECES: [&str; 40] = [
    "",
    " ",
    "a",
    "Anna",
    "Muster",
    "ß",
    "İ",
    "ſ",
    "ﬁ",
    "é",
    "𝒳",
    "字",
    "@",
    ".",
    "..",
    "-",
    "_",
    "+",
    "0",
    "7",
    "(0)",
    "+49",
    "0049",
    "example.org",
    "info@example.org",
    "\0",
    "\r\n",
    "\n",
    "\t",
    "\u{85}",
    "\u{202e}",
    "\u{feff}",
    "\"",
    "{x}",
    "#[y]",
    "|",
    ",",
    "yes",
    "2026-11-23",
    "hosting",
];

impl Tape {
    /// A number under `below`.
    pub fn number(&mut self, below: usize) -> usize {
        let byte = self.bytes.next().map_or(0, usize::from);
        let more = if below > 256 { self.bytes.next().map_or(0, usize::from) } else { 0 };
        (byte + 256 * more) % below
    }

    /// The same as a signed number, for times.
    pub fn count(&mut self, below: usize) -> i64 {
        i64::try_from(self.number(below)).unwrap()
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.number(from.len())].clone()
    }

    /// True about once in `n` times, false on an empty tape.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.number(n) == n - 1
    }

    /// Nothing about once in `n` times, else what `draw` gives.
    pub fn mostly<T>(&mut self, n: usize, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.once_in(n)).then(|| draw(self))
    }

    /// Any text: some pieces, some arbitrary signs, now and then a very long one.
    pub fn text(&mut self) -> String {
        let mut text: String = (0..self.number(5)).map(|_| self.piece()).collect();
        if self.once_in(16) {
            text = text.repeat(self.number(400));
        }
        text
    }

    fn piece(&mut self) -> String {
        if self.once_in(4) {
            let code = self.number(0x1_0000) + 0x1_0000 * self.number(17);
            return u32::try_from(code).ok().and_then(char::from_u32).unwrap_or('?').into();
        }
        self.pick(&PIECES).into()
    }
}

/// Tells `story` to `cases` random tapes of up to `words` × 8 bytes; shows the smallest one that fails.
pub fn check(cases: u32, words: usize, story: impl Fn(&mut Tape)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&vec(any::<u64>(), words), |tape| {
        let bytes: Vec<u8> = tape.iter().flat_map(|word| word.to_le_bytes()).collect();
        story(&mut Tape { bytes: bytes.into_iter() });
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
