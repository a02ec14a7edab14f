use rusqlite::types::{FromSqlError, Type};
use serde::{Serialize, de::DeserializeOwned};

/// The name under which a unit variant is stored: the same as in JSON.
pub(crate) fn word<T: Serialize>(variant: T) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The unit variant that is stored under a name, as the value of column `column`.
pub(crate) fn from_word<T: DeserializeOwned>(column: usize, word: String) -> rusqlite::Result<T> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, FromSqlError::Other(e.into()).into())
    })
}

/// What is stored as JSON, as the value of column `column`.
pub(crate) fn from_json<T: DeserializeOwned>(column: usize, json: &str) -> rusqlite::Result<T> {
    serde_json::from_str(json)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, e.into()))
}

/// Whether an error speaks of what a row holds, and not of the file.
pub(crate) fn is_content(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
    )
}
