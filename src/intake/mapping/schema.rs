//! The JSON Schema of a source file, for editors. It says where a word is wrong before anything is run; what no schema can
//! say is left to the check of the file.

use serde_json::{Value, json};

use super::convert::Converter;
use crate::signal::Vocabulary;

/// The schema (JSON Schema 2020-12) with the words of a vocabulary.
pub fn schema(vocabulary: &Vocabulary) -> Value {
    let words = |words: Vec<&str>| json!({ "enum": words });
    let mut schema: Value = serde_json::from_str(include_str!("schema.json")).expect("the schema is JSON");
    let definitions = &mut schema["$defs"];
    definitions["kind-word"] = words(vocabulary.kinds.keys().map(String::as_str).collect());
    definitions["severity-word"] = words(vocabulary.severities.iter().map(String::as_str).collect());
    definitions["converter"] = words(Converter::ALL.iter().map(|converter| converter.name()).collect());
    let names: Vec<&str> = vocabulary.fields.keys().map(String::as_str).collect();
    definitions["field-name"] = words(names);
    for (name, field) in &vocabulary.fields {
        definitions["fields"]["properties"][name] = json!({ "$ref": "#/$defs/field", "description": field.about });
    }
    for (name, about) in &vocabulary.kinds {
        let list = &mut definitions["kind-word"]["description"];
        let before = list.as_str().unwrap_or_default();
        *list = json!(format!("{before}{name}: {about}\n"));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::super::FILES;
    use super::*;

    fn validator() -> jsonschema::Validator {
        let vocabulary = Vocabulary::read(include_str!("../../../playbooks/vocabulary.yaml")).unwrap();
        jsonschema::validator_for(&schema(&vocabulary)).unwrap()
    }

    fn parsed(yaml: &str) -> Value {
        serde_saphyr::from_str(yaml).unwrap()
    }

    #[test]
    fn every_file_that_comes_with_holdfast_fits_the_schema() {
        let validator = validator();
        for (name, yaml) in FILES {
            let file = parsed(yaml);
            let faults: Vec<String> =
                validator.iter_errors(&file).map(|error| format!("{} {error}", error.instance_path())).collect();
            assert_eq!(faults, [] as [&str; 0], "{name}");
        }
    }

    #[test]
    fn a_slip_does_not_fit_the_schema() {
        let validator = validator();
        let sound = FILES.iter().find(|(name, _)| name.contains("keycloak")).unwrap().1;
        assert!(validator.is_valid(&parsed(sound)));
        for (right, wrong) in [
            ("fields:", "feilds:"),
            ("auth.login-failed\n", "auth.login-faild\n"),
            ("as: epoch-ms", "as: epoch"),
            ("scheme: hmac-sha256", "scheme: hmac-md5"),
            ("  user:", "  usr:"),
            ("key: [/uid", "kee: [/uid"),
            ("ptr: [/time]", "ptr: [time]"),
            ("resolve: identity", "resolve: person"),
        ] {
            let spoiled = sound.replacen(right, wrong, 1);
            assert_ne!(spoiled, sound, "{right}");
            assert!(!validator.is_valid(&parsed(&spoiled)), "{wrong}");
        }
    }
}
