//! The setting of text messages to citizens.

/// Who sends text messages: a closed choice, off until an authority names a provider and somebody writes the code for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sms {
    /// Nobody: citizens are told by mail alone.
    #[default]
    Off,
}

impl Sms {
    /// The choice in a setting.
    pub(super) fn parse(text: &str) -> Option<Self> {
        (text == "off").then_some(Self::Off)
    }
}
