//! `/de/api`, `/en/api`: the OpenAPI document as a page of the portal.

use super::openapi::described;
use crate::edge::{Answer, Visit};
use crate::render;
use app::pages::api::{self, ApiView, MemberView, OperationView};
use serde_json::Value;
use service::Problem;

pub async fn page(visit: Visit) -> Answer {
    let base = &visit.app.config.base_url;
    let document = serde_json::to_value(described(base)).map_err(|e| Problem::Internal(e.to_string()))?;
    let view = ApiView { base_url: base.clone(), operations: operations(&document) };
    Ok(render::page(api::render(render::shell(&visit), view)))
}

/// In the order of the document.
fn operations(document: &Value) -> Vec<OperationView> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let each = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| one(document, method, path, operation))
    });
    each.collect()
}

fn one(document: &Value, method: &str, path: &str, o: &Value) -> OperationView {
    let parameters = o["parameters"].as_array().into_iter().flatten().map(|p| MemberView {
        name: text(&p["name"]),
        kind: kind(&p["schema"]),
        required: p["required"] == true,
        about: text(&p["description"]),
    });
    let body = o["requestBody"]["content"].as_object().and_then(|c| c.values().next());
    let members = body.map(|b| members(document, &b["schema"])).unwrap_or_default();
    let responses = o["responses"].as_object().into_iter().flatten();
    OperationView {
        id: text(&o["operationId"]),
        method: method.to_uppercase(),
        path: path.into(),
        about: text(&o["description"]),
        scopes: scopes(o),
        request: parameters.chain(members).collect(),
        answers: responses.map(|(status, r)| (status.clone(), text(&r["description"]))).collect(),
    }
}

fn scopes(operation: &Value) -> Vec<String> {
    let all = operation["security"].as_array().into_iter().flatten();
    all.flat_map(|s| s["bearer"].as_array().into_iter().flatten()).map(text).collect()
}

/// The members of a shape that the document names.
fn members(document: &Value, schema: &Value) -> Vec<MemberView> {
    let named = schema["$ref"].as_str().and_then(|r| document.pointer(r.trim_start_matches('#')));
    let shape = named.unwrap_or(schema);
    let required = |name: &str| shape["required"].as_array().is_some_and(|r| r.iter().any(|n| n == name));
    let all = shape["properties"].as_object().into_iter().flatten();
    let member = |(name, of): (&String, &Value)| MemberView {
        name: name.clone(),
        kind: kind(of),
        required: required(name),
        about: text(&of["description"]),
    };
    all.map(member).collect()
}

/// The type in a word.
fn kind(schema: &Value) -> String {
    let one_of = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    if let Some(first) = one_of.and_then(|all| all.iter().find(|s| s["type"] != "null")) {
        return kind(first);
    }
    match (&schema["type"], schema["$ref"].as_str()) {
        (_, Some(_)) => "object".into(),
        (Value::Array(all), _) => all.iter().find(|t| *t != "null").map(text).unwrap_or_default(),
        (Value::String(name), _) => name.clone(),
        _ => "object".into(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().into()
}
