//! Updates of items, in single writes and transactions: an expression, a condition, and their names and values.

use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// An update that is not written yet.
#[derive(Clone)]
pub(super) struct Change {
    pub(super) expression: String,
    pub(super) condition: Option<String>,
    pub(super) names: Option<HashMap<String, String>>,
    pub(super) values: Option<HashMap<String, AttributeValue>>,
}

impl Change {
    /// Creates an unconditional change from an update expression: `SET due_at = :now REMOVE lease`.
    pub(super) fn new(expression: impl Into<String>) -> Self {
        Self { expression: expression.into(), condition: None, names: None, values: None }
    }

    /// Sets the condition under which the change is made.
    pub(super) fn when(self, condition: impl Into<String>) -> Self {
        Self { condition: Some(condition.into()), ..self }
    }

    /// Adds the attributes that placeholders like `#day` stand for.
    pub(super) fn names<'n>(mut self, names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Self {
        let names = names.into_iter().map(|(name, attribute)| (name.to_owned(), attribute.to_owned()));
        self.names.get_or_insert_default().extend(names);
        self
    }

    /// Adds the values that placeholders like `:now` stand for.
    pub(super) fn values<'n>(mut self, values: impl IntoIterator<Item = (&'n str, AttributeValue)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value));
        self.values.get_or_insert_default().extend(values);
        self
    }
}
