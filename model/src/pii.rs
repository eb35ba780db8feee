//! Personal data that cannot be printed, logged or serialised by accident.

/// A citizen's words or contact details.
///
/// It implements neither `Display`, `Serialize` nor `Debug`, so it cannot end up in a log line, an error or a URL;
/// `tests/journeys/unprintable.rs` lists the missing traits and compiles only without them. The only way out is
/// [`Pii::reveal`], which is called where the store is written and where the mail and the citizen's own page are made:
///
/// ```
/// let name = model::pii::Pii::new(String::from("Anna"));
/// println!("{} {:?}", name.reveal(), name.reveal());
/// serde_json::to_string(name.reveal()).unwrap();
/// ```
///
/// Without it, the same does not compile:
///
/// ```compile_fail
/// let name = model::pii::Pii::new(String::from("Anna"));
/// println!("{name}");
/// ```
/// ```compile_fail
/// let name = model::pii::Pii::new(String::from("Anna"));
/// println!("{name:?}");
/// ```
/// ```compile_fail
/// let name = model::pii::Pii::new(String::from("Anna"));
/// serde_json::to_string(&name).unwrap();
/// ```
/// ```compile_fail
/// #[derive(Debug, thiserror::Error)]
/// #[error("nobody is called {0}")]
/// struct Nobody(model::pii::Pii<String>);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pii<T>(T);

impl<T> Pii<T> {
    /// Wraps personal data.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the data itself. Personal data leaves at each call, so keep them few.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Transforms the data without revealing it.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Pii<U> {
        Pii(change(self.0))
    }
}
