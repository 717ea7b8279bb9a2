//! The list of customers: searched, narrowed, a page at a time.

use super::{Column, Entity, service, with_parts};
use crate::connection::Connection;
use crate::error::Result;
use domain::customer::Customer;
use domain::{Service, text};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, each of which must be found.
    pub words: String,
    /// Only those with a contract in one of these states, or (`none`) without any that is not over.
    pub contract: Option<String>,
    /// Only those with a service contract.
    pub service_contract: bool,
    /// Only those who book this service.
    pub service: Option<Service>,
}

/// A page of customers by name, and how many there are in all.
///
/// # Errors
/// Database errors, unreadable rows.
pub async fn list(
    db: &impl Connection,
    filter: &Filter,
    offset: u64,
    limit: u64,
) -> Result<(Vec<Customer>, u64)> {
    let found = Entity::find().filter(condition(filter));
    let total = found.clone().count(db).await?;
    let rows = found.order_by_asc(Column::LegalName).order_by_asc(Column::Number).offset(offset).limit(limit);
    Ok((with_parts(db, rows.all(db).await?).await?, total))
}

fn condition(filter: &Filter) -> Condition {
    let mut c = Condition::all();
    for word in text::search_key(&filter.words).split(' ').filter(|w| !w.is_empty()) {
        c = c.add(Column::Search.contains(word));
    }
    if filter.service_contract {
        c = c.add(Column::ServiceContract.eq(true));
    }
    if let Some(service) = filter.service {
        let of = service::Entity::find().select_only().column(service::Column::CustomerId);
        c = c
            .add(Column::Id.in_subquery(of.filter(service::Column::Service.eq(service.name())).into_query()));
    }
    if let Some(state) = &filter.contract {
        use crate::contracts::{Column as C, Entity as Contracts};
        let of = Contracts::find().select_only().column(C::CustomerId);
        c = if state == "none" {
            let over = ["ended", "declined", "withdrawn", "lapsed"];
            c.add(Column::Id.not_in_subquery(of.filter(C::State.is_not_in(over)).into_query()))
        } else {
            c.add(Column::Id.in_subquery(of.filter(C::State.eq(state)).into_query()))
        };
    }
    c
}
