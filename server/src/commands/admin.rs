//! `admin`, `user`: people from the terminal.

use super::Outcome;
use crate::start::StartError;
use crate::state::App;
use clap::Subcommand;
use service::Problem;
use service::people::invite::{self, Person, StaffFacts};
use std::io::Read as _;

/// The first admin.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Makes an admin and prints the link with which they set their password.
    Create {
        /// Address.
        #[arg(long)]
        email: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// Language of pages and mails: de or en.
        #[arg(long, default_value = "de")]
        language: String,
    },
}

/// Staff.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Makes a person of the staff; prints the link of the invitation, or takes a password from the standard input.
    Create {
        /// Address.
        #[arg(long)]
        email: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// technician, contract_manager, privacy_officer, admin; may be given several times.
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// Day of the confidentiality undertaking, YYYY-MM-DD.
        #[arg(long, default_value = "")]
        confidentiality_on: String,
        /// Last day on which the privacy training counts, YYYY-MM-DD.
        #[arg(long, default_value = "")]
        training_until: String,
        /// Language of pages and mails: de or en.
        #[arg(long, default_value = "de")]
        language: String,
        /// Reads the password from the standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Runs `admin`.
pub async fn admin(app: &App, command: Admin) -> Result<Outcome, StartError> {
    let Admin::Create { email, name, language } = command;
    let person = match Person::parse(&email, &name, &language) {
        Ok(person) => person,
        Err(m) => return Ok(refused(&m.into())),
    };
    Ok(match invite::create_admin(&app.portal, &person, app.now()).await {
        Ok(link) => {
            println!("{link}");
            Outcome::Done
        }
        Err(problem) => refused(&problem),
    })
}

/// Runs `user`.
pub async fn user(app: &App, command: User) -> Result<Outcome, StartError> {
    let User::Create { email, name, roles, confidentiality_on, training_until, language, password_stdin } =
        command;
    let parsed = Person::parse(&email, &name, &language)
        .and_then(|p| Ok((p, StaffFacts::parse(&roles, &confidentiality_on, &training_until)?)));
    let (person, facts) = match parsed {
        Ok(parsed) => parsed,
        Err(m) => return Ok(refused(&m.into())),
    };
    let password = if password_stdin { Some(read_line()?) } else { None };
    Ok(match invite::create_user(&app.portal, &person, &facts, password.as_deref(), app.now()).await {
        Ok(Some(link)) => {
            println!("{link}");
            Outcome::Done
        }
        Ok(None) => {
            println!("{}", person.email);
            Outcome::Done
        }
        Err(problem) => refused(&problem),
    })
}

fn read_line() -> Result<String, StartError> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(crate::start::failed("reading the password from the standard input"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_string())
}

/// Says why, in English, and how the command ends.
pub fn refused(problem: &Problem) -> Outcome {
    match problem {
        Problem::Mistakes(m) => {
            for mistake in &m.0 {
                let why = app::components::mistake_text(app::i18n::T(domain::Lang::En), mistake);
                match mistake.field.as_str() {
                    "" => eprintln!("{why}"),
                    field => eprintln!("{field}: {why}"),
                }
            }
            Outcome::Refused
        }
        Problem::Internal(cause) => {
            eprintln!("failed: {cause}");
            Outcome::Failed
        }
        other => {
            eprintln!("refused: {other}");
            Outcome::Refused
        }
    }
}
