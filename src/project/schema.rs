//! JSON Schema of the definitions, for editors; made from the tables that checking uses.

use serde_json::{Map, Value, json};

use super::keys::PROJECT_FILE;
use super::read::subject_words;
use super::shape::{Choice, Key, Need, Section, Shape};

/// The JSON Schema of `project.toml` and of the files in `indicators/`.
pub fn schema() -> Value {
    let mut root = section(&PROJECT_FILE);
    // One schema serves both kinds of file, so no top-level table is required by it.
    root.remove("required");
    let mut out = Map::new();
    out.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    out.insert("title".to_owned(), json!("tallyframe project"));
    out.extend(root);
    out.insert("$defs".to_owned(), json!({ "condition": condition() }));
    Value::Object(out)
}

fn section(section: &Section) -> Map<String, Value> {
    let properties: Map<String, Value> = section
        .keys
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    let required: Vec<&str> = section
        .keys
        .iter()
        .filter(|key| key.need == Need::Required)
        .map(|key| key.name)
        .collect();
    let mut out = Map::new();
    out.insert("type".to_owned(), json!("object"));
    out.insert("description".to_owned(), json!(section.doc));
    out.insert("properties".to_owned(), Value::Object(properties));
    out.insert("required".to_owned(), json!(required));
    out.insert("additionalProperties".to_owned(), json!(false));
    out
}

fn property(key: &Key) -> Value {
    let mut value = shape(&key.shape);
    if let Value::Object(fields) = &mut value {
        fields.insert("description".to_owned(), json!(describe(key)));
        if let Need::Default(written) = key.need {
            let parsed = serde_json::from_str(written).unwrap_or_else(|_| json!(written));
            fields.insert("default".to_owned(), parsed);
        }
    }
    value
}

/// The key's sentence, followed by what each accepted word means.
fn describe(key: &Key) -> String {
    let choices = match &key.shape {
        Shape::OneOf(choices) | Shape::SomeOf(choices) => *choices,
        _ => &[],
    };
    let mut text = key.doc.to_owned();
    for choice in choices {
        text.push_str("\n- ");
        text.push_str(choice.code);
        text.push_str(": ");
        text.push_str(choice.doc);
    }
    text
}

fn shape(value: &Shape) -> Value {
    match value {
        Shape::Text => json!({ "type": "string" }),
        Shape::Words => either(&[json!({ "type": "string" }), map(json!({ "type": "string" }))]),
        Shape::Texts => one_or_many(&json!({ "type": "string" })),
        Shape::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Shape::Number => json!({ "type": "number" }),
        Shape::YesNo => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::OneOf(choices) => one_of(choices),
        Shape::SomeOf(choices) => one_or_many(&one_of(choices)),
        Shape::ListOf(item) => json!({ "type": "array", "items": shape(item) }),
        Shape::MapOf(item) => map(shape(item)),
        Shape::Table(table) => Value::Object(section(table)),
        Shape::Tables(table) => json!({ "type": "array", "items": section(table) }),
        Shape::Either(shapes) => either(&shapes.iter().map(shape).collect::<Vec<_>>()),
        Shape::Condition => json!({ "$ref": "#/$defs/condition" }),
    }
}

fn either(shapes: &[Value]) -> Value {
    json!({ "anyOf": shapes })
}

fn one_or_many(item: &Value) -> Value {
    either(&[item.clone(), json!({ "type": "array", "items": item })])
}

fn map(item: Value) -> Value {
    let mut out = Map::new();
    out.insert("type".to_owned(), json!("object"));
    out.insert("additionalProperties".to_owned(), item);
    Value::Object(out)
}

fn one_of(choices: &[Choice]) -> Value {
    let codes: Vec<&str> = choices.iter().map(|choice| choice.code).collect();
    json!({ "enum": codes })
}

/// Conditions nest, so they are the one definition that refers to itself.
fn condition() -> Value {
    let bounds = json!({
        "type": "object",
        "properties": { "from": { "type": ["number", "string"] }, "to": { "type": ["number", "string"] } },
        "additionalProperties": false,
    });
    let value = either(&[
        one_or_many(&json!({ "type": ["string", "number", "boolean"] })),
        bounds.clone(),
    ]);
    let mut properties = Map::new();
    for word in subject_words() {
        properties.insert(word.to_owned(), value.clone());
    }
    properties.insert("age".to_owned(), either(&[value.clone(), map(value.clone())]));
    properties.insert("field".to_owned(), map(value.clone()));
    properties.insert("person".to_owned(), map(value.clone()));
    properties.insert("days".to_owned(), bounds);
    properties.insert("known".to_owned(), one_or_many(&json!({ "type": "string" })));
    properties.insert("not".to_owned(), json!({ "$ref": "#/$defs/condition" }));
    for several in ["any", "all"] {
        let list = json!({ "type": "array", "items": { "$ref": "#/$defs/condition" } });
        properties.insert(several.to_owned(), list);
    }
    json!({
        "type": "object",
        "description": "Every key must hold; a list means one of; `not`, `any` and `all` hold conditions themselves.",
        "properties": properties,
        "additionalProperties": value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_carry_type_default_choices_and_sentence() {
        let schema = schema();
        let head_count = &schema["properties"]["count"]["properties"]["head-count"];
        assert_eq!(head_count["enum"], json!(["list", "log", "max"]));
        assert_eq!(head_count["default"], json!("list"));
        let calendars = &schema["properties"]["project"]["properties"]["calendars"];
        assert_eq!(calendars["default"], json!(["month", "quarter"]));
        let indicator = &schema["properties"]["indicator"]["items"];
        assert_eq!(indicator["properties"]["where"]["$ref"], json!("#/$defs/condition"));
        assert_eq!(indicator["required"], json!(["code"]));
    }

    #[test]
    fn every_default_is_a_word_that_checking_accepts() {
        fn walk(section: &Section) {
            for key in section.keys {
                if let (Need::Default(written), Shape::OneOf(choices)) = (key.need, &key.shape) {
                    assert!(choices.iter().any(|choice| choice.code == written), "{}", key.name);
                }
                if let Shape::Table(inner) | Shape::Tables(inner) = &key.shape {
                    walk(inner);
                }
            }
        }
        walk(&PROJECT_FILE);
    }
}
