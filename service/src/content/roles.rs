//! What roles are called in mails, from `roles.toml`.

use super::{ContentError, Source, wrong};
use domain::permission::{CustomerRole, StaffRole};
use domain::text::{Both, Lang};
use std::collections::HashMap;

/// Names of the roles.
#[derive(Clone, Debug)]
pub struct Roles(HashMap<String, Both>);

impl Roles {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let file = "roles.toml";
        let roles: HashMap<String, Both> = source.toml(file)?;
        let staff = StaffRole::ALL.iter().map(|r| r.name());
        for name in staff.chain(CustomerRole::ALL.iter().map(|r| r.name())) {
            if !roles.contains_key(name) {
                return Err(wrong(file, format!("{name} is missing")));
            }
        }
        Ok(Self(roles))
    }

    /// What a role is called; the names are those of [`StaffRole::name`] and [`CustomerRole::name`].
    pub fn word(&self, name: &str, lang: Lang) -> String {
        self.0.get(name).map_or_else(|| name.to_string(), |both| both.get(lang).clone())
    }
}
