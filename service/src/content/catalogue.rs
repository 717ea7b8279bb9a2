//! The catalogue: services with their description, data categories, data subjects, special categories, tools.

use super::{ContentError, Source, wrong};
use domain::contract::lifecycle::TaskKind;
use domain::gate::ToolFact;
use domain::text::{Both, Lang};
use domain::{Action, Service};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// All of it.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The seven services, in the order of [`Service::ALL`].
    pub services: Vec<ServiceText>,
    /// Data categories.
    pub data_categories: Vec<Entry>,
    /// Data subjects.
    pub data_subjects: Vec<Entry>,
    /// Special categories, Art. 9 and 10.
    pub special_categories: Vec<Entry>,
    /// Labels of actions by name.
    pub actions: HashMap<String, Both>,
    /// Tools.
    pub tools: Vec<Tool>,
    /// The customer's declaration of own permission (R113).
    pub own_permission: Both,
    /// The declaration about third persons' data (R84).
    pub third_parties: Both,
}

/// A service in words.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the keys of services.toml, explained there")]
pub struct ServiceText {
    pub id: Service,
    pub name: Both,
    pub short: Both,
    pub subject: Both,
    pub nature: Both,
    pub purpose: Both,
    pub operations: Both<Vec<String>>,
    pub place: Both,
    pub data_categories: Vec<String>,
    pub data_subjects: Vec<String>,
    pub deletion: Vec<DeletionTask>,
}

/// Something that is deleted when a service ends.
#[derive(Clone, Debug, Deserialize)]
pub struct DeletionTask {
    /// Stable id within the service.
    pub id: String,
    /// Data, or copies in backups.
    #[serde(default = "data")]
    pub kind: TaskKind,
    /// What it is.
    pub name: Both,
}

fn data() -> TaskKind {
    TaskKind::Data
}

/// An entry of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// Stable id.
    pub id: String,
    /// German.
    pub de: String,
    /// English.
    pub en: String,
    /// What belongs to it.
    #[serde(default)]
    pub hint: Both,
}

impl Entry {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }
}

/// A tool with which work is done.
#[derive(Clone, Debug, Deserialize)]
pub struct Tool {
    /// Stable id, as in the API.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Data may leave the EEA.
    #[serde(default)]
    pub third_country: bool,
}

#[derive(Deserialize)]
struct ServicesFile {
    service: Vec<ServiceText>,
}

#[derive(Deserialize)]
struct DataFile {
    data_category: Vec<Entry>,
    data_subject: Vec<Entry>,
    special_category: Vec<Entry>,
}

#[derive(Deserialize)]
struct ToolsFile {
    tool: Vec<Tool>,
}

#[derive(Deserialize)]
struct ActionsFile {
    action: Vec<ActionText>,
}

#[derive(Deserialize)]
struct ActionText {
    name: String,
    de: String,
    en: String,
}

#[derive(Deserialize)]
struct Declarations {
    own_permission: Both,
    third_parties: Both,
}

impl Catalogue {
    pub(super) fn load(source: &Source) -> Result<Self, ContentError> {
        let mut services = source.toml::<ServicesFile>("catalogue/services.toml")?.service;
        services.sort_by_key(|s| s.id);
        let data: DataFile = source.toml("catalogue/data.toml")?;
        let actions = source.toml::<ActionsFile>("gate/actions.toml")?.action;
        let declarations: Declarations = source.toml("legal/declaration.toml")?;
        let catalogue = Self {
            services,
            data_categories: data.data_category,
            data_subjects: data.data_subject,
            special_categories: data.special_category,
            actions: actions.into_iter().map(|a| (a.name, Both { de: a.de, en: a.en })).collect(),
            tools: source.toml::<ToolsFile>("catalogue/tools.toml")?.tool,
            own_permission: declarations.own_permission,
            third_parties: declarations.third_parties,
        };
        catalogue.check()?;
        Ok(catalogue)
    }

    fn check(&self) -> Result<(), ContentError> {
        if self.services.iter().map(|s| s.id).ne(Service::ALL) {
            return Err(wrong("catalogue/services.toml", "needs each service once"));
        }
        for s in &self.services {
            let unknown = s.data_categories.iter().find(|id| !has(&self.data_categories, id));
            let unknown = unknown.or_else(|| s.data_subjects.iter().find(|id| !has(&self.data_subjects, id)));
            if let Some(id) = unknown {
                return Err(wrong("catalogue/services.toml", format!("unknown id {id}")));
            }
            let ids: HashSet<&str> = s.deletion.iter().map(|t| t.id.as_str()).collect();
            if ids.is_empty() || ids.len() < s.deletion.len() {
                let what = format!("{} needs deletion tasks, each with an id of its own", s.id.name());
                return Err(wrong("catalogue/services.toml", what));
            }
        }
        match Action::ALL.iter().find(|a| !self.actions.contains_key(a.name())) {
            Some(a) => Err(wrong("gate/actions.toml", format!("{} is missing", a.name()))),
            None => Ok(()),
        }
    }

    /// A service in words.
    pub fn service(&self, service: Service) -> &ServiceText {
        &self.services[service as usize]
    }

    /// Names of services, joined by commas.
    pub fn service_names(&self, services: &[Service], lang: Lang) -> String {
        services.iter().map(|s| self.service(*s).name.get(lang).as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Name of a data category; the id itself when it is unknown (an older contract).
    pub fn data_category<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        name_of(&self.data_categories, id, lang)
    }

    /// Name of a kind of data subject.
    pub fn data_subject<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        name_of(&self.data_subjects, id, lang)
    }

    /// Name of a special category.
    pub fn special_category<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        name_of(&self.special_categories, id, lang)
    }

    /// Label of an action.
    pub fn action(&self, action: Action, lang: Lang) -> &str {
        self.actions.get(action.name()).map_or(action.name(), |b| b.get(lang).as_str())
    }

    /// The tools as the gate knows them.
    pub fn tool_facts(&self) -> HashMap<String, ToolFact> {
        self.tools.iter().map(|t| (t.id.clone(), ToolFact { third_country: t.third_country })).collect()
    }
}

fn has(entries: &[Entry], id: &str) -> bool {
    entries.iter().any(|e| e.id == id)
}

fn name_of<'a>(entries: &'a [Entry], id: &'a str, lang: Lang) -> &'a str {
    entries.iter().find(|e| e.id == id).map_or(id, |e| e.name(lang))
}
