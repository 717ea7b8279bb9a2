//! Every mail in every language from its sample values: for the tests and for `av-portal samples`.

use super::render::{Rendered, render};
use crate::content::Content;
use crate::problem::Result;
use domain::Lang;

/// A mail as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Name of the template.
    pub template: String,
    /// Language.
    pub lang: Lang,
    /// The mail.
    pub mail: Rendered,
}

/// All of them, by name.
///
/// # Errors
/// When a template does not fit its sample.
pub fn all(content: &Content) -> Result<Vec<Sample>> {
    let mut names: Vec<_> = content.mails.keys().collect();
    names.sort();
    let both = names.into_iter().flat_map(|name| Lang::ALL.map(|lang| (name, lang)));
    both.map(|(name, lang)| {
        let template = &content.mails[name];
        Ok(Sample { template: name.clone(), lang, mail: render(template, lang, &template.sample)? })
    })
    .collect()
}
