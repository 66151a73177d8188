//! As much of JSON Schema as `src/export/schema.json` uses; what it doesn't know it refuses.

use serde_json::Value;

/// Panics where a value is not as its schema says.
#[track_caller]
pub fn check(schema: &Value, value: &Value) {
    if let Err(wrong) = matches(schema, schema, value, "$") {
        panic!("{wrong}");
    }
}

fn matches(root: &Value, schema: &Value, value: &Value, path: &str) -> Result<(), String> {
    for (keyword, wanted) in schema.as_object().unwrap() {
        let fits = match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" => true,
            "$ref" => {
                let target = root.pointer(wanted.as_str().unwrap().trim_start_matches('#')).unwrap();
                matches(root, target, value, path)?;
                true
            }
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "type" => match wanted {
                Value::Array(names) => names.iter().any(|name| is(value, name.as_str().unwrap())),
                name => is(value, name.as_str().unwrap()),
            },
            "required" => wanted.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "additionalProperties" => {
                let known = schema["properties"].as_object().unwrap();
                value.as_object().is_none_or(|fields| fields.keys().all(|name| known.contains_key(name)))
            }
            "properties" => {
                for (name, schema) in wanted.as_object().unwrap() {
                    if let Some(part) = value.get(name) {
                        matches(root, schema, part, &format!("{path}.{name}"))?;
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    matches(root, wanted, item, &format!("{path}[{index}]"))?;
                }
                true
            }
            other => return Err(format!("the schema has `{other}`")),
        };
        if !fits {
            return Err(format!("{path}: {keyword} {wanted}, and it is {value}"));
        }
    }
    Ok(())
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no type {other}"),
    }
}
