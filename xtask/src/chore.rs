//! The command line: words in, a chore out.

use crate::test::{Group, Wishes};

/// What the person asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Chore {
    Help,
    Serve { port: Option<u16>, rest: Vec<String> },
    Test(Wishes),
    Islands,
    Tidy,
    Release { version: String },
    Bench { rest: Vec<String> },
}

/// How a chore ended that has already said everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Failed,
}

impl From<bool> for Outcome {
    fn from(well: bool) -> Self {
        if well { Self::Done } else { Self::Failed }
    }
}

impl Chore {
    /// Reads the words after `cargo xtask`.
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let Some((name, rest)) = words.split_first() else { return Ok(Self::Help) };
        match name.as_str() {
            "help" | "--help" | "-h" => Ok(Self::Help),
            "serve" => serve(rest),
            "test" => wishes(rest).map(Self::Test),
            "ci" => Ok(Self::Test(Wishes { strict: true, ..wishes(rest)? })),
            "islands" => none_left(rest).map(|()| Self::Islands),
            "tidy" => tidy(rest),
            "bench" => Ok(Self::Bench { rest: after_dashes(rest) }),
            other => Err(format!("no chore is called “{other}”; `cargo xtask help` lists them.")),
        }
    }
}

fn serve(words: &[String]) -> Result<Chore, String> {
    let (ours, rest) = split_at_dashes(words);
    let port = match ours {
        [] => None,
        [flag, number] if flag == "--port" => Some(
            number.parse().map_err(|_| format!("--port wants a number from 1 to 65535, not “{number}”."))?,
        ),
        _ => return Err("serve understands --port N; words for the portal itself follow after `--`.".into()),
    };
    Ok(Chore::Serve { port, rest: rest.to_vec() })
}

fn wishes(words: &[String]) -> Result<Wishes, String> {
    let mut wishes = Wishes::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--strict" => wishes.strict = true,
            "--only" => {
                let names = words.next().ok_or("--only wants the name of a group.")?;
                for name in names.split(',') {
                    wishes.only.push(Group::parse(name)?);
                }
            }
            other => return Err(format!("test understands --strict and --only, not “{other}”.")),
        }
    }
    Ok(wishes)
}

fn tidy(words: &[String]) -> Result<Chore, String> {
    match words {
        [] => Ok(Chore::Tidy),
        [flag, version] if flag == "--release" => Ok(Chore::Release { version: version.clone() }),
        _ => Err("tidy understands --release VERSION and nothing else.".into()),
    }
}

fn none_left(words: &[String]) -> Result<(), String> {
    words.first().map_or(Ok(()), |word| Err(format!("“{word}” says nothing to this chore.")))
}

fn split_at_dashes(words: &[String]) -> (&[String], &[String]) {
    match words.iter().position(|word| word == "--") {
        Some(at) => (&words[..at], &words[at + 1..]),
        None => (words, &[]),
    }
}

fn after_dashes(words: &[String]) -> Vec<String> {
    words.iter().skip(usize::from(words.first().is_some_and(|word| word == "--"))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Chore, String> {
        Chore::parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn words_become_chores() {
        assert_eq!(parse(""), Ok(Chore::Help));
        assert_eq!(
            parse("serve --port 4000 -- --verbose"),
            Ok(Chore::Serve { port: Some(4000), rest: vec!["--verbose".into()] })
        );
        let only = vec![Group::Rules, Group::Tidy];
        assert_eq!(parse("test --only rules,tidy"), Ok(Chore::Test(Wishes { strict: false, only })));
        assert_eq!(parse("ci"), Ok(Chore::Test(Wishes { strict: true, only: vec![] })));
        assert_eq!(parse("tidy --release 2026-1"), Ok(Chore::Release { version: "2026-1".into() }));
        assert_eq!(
            parse("bench -- --seconds 3"),
            Ok(Chore::Bench { rest: vec!["--seconds".into(), "3".into()] })
        );
    }

    #[test]
    fn unknown_words_are_named() {
        assert!(parse("deploy").unwrap_err().contains("deploy"));
        assert!(parse("test --only romance").unwrap_err().contains("romance"));
        assert!(parse("serve --port many").unwrap_err().contains("many"));
    }
}
