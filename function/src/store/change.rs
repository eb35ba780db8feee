//! Changes of an item: an expression, the condition under which it is made, and the names and values in both.

use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// A change that is still to be written.
#[derive(Clone)]
pub(super) struct Change {
    pub(super) expression: String,
    pub(super) condition: Option<String>,
    pub(super) names: Option<HashMap<String, String>>,
    pub(super) values: Option<HashMap<String, AttributeValue>>,
}

impl Change {
    /// An update expression: `SET due_at = :now REMOVE lease`.
    pub(super) fn new(expression: impl Into<String>) -> Self {
        Self { expression: expression.into(), condition: None, names: None, values: None }
    }

    /// Only where this holds.
    pub(super) fn when(self, condition: impl Into<String>) -> Self {
        Self { condition: Some(condition.into()), ..self }
    }

    /// The attributes that names like `#day` stand for.
    pub(super) fn names<'n>(mut self, names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Self {
        let names = names.into_iter().map(|(name, attribute)| (name.to_owned(), attribute.to_owned()));
        self.names.get_or_insert_default().extend(names);
        self
    }

    /// The values that names like `:now` stand for.
    pub(super) fn values<'n>(mut self, values: impl IntoIterator<Item = (&'n str, AttributeValue)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value));
        self.values.get_or_insert_default().extend(values);
        self
    }
}
