//! The names of the figures in `content/data/tal.csv`.

use crate::names::{FieldName, FormId, ReasonSlug};
use std::fmt;

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Requests received.
    Received,
    /// Forms sent for the first time, right or wrong.
    Started,
    /// Requests by the outcome of the call.
    Call(Call),
    /// Days to the call: the median of the calls that were made.
    MedianDays,
    /// Requests forwarded to another kreds.
    Forwarded,
    /// Requests not forwarded.
    NotForwarded,
    /// Requests closed for a reason.
    Closed(ReasonSlug),
    /// Requests closed for reasons that no longer exist.
    ClosedOtherwise,
    /// Requests not closed: withdrawn, or still open.
    NotClosed,
    /// Rejected answers to a question of a form.
    Failed(FormId, FieldName),
}

/// The outcome of a call that was owed. Each request has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// The call was made before the deadline.
    InTime,
    /// The call was made after the deadline.
    Late,
    /// The deadline passed, and the call was never made.
    None,
    /// The request was over before the deadline, without a call.
    NotNeeded,
}

const CLOSED: &str = "lukket:";
const FAILED: &str = "fejl:";

impl Call {
    /// All outcomes.
    pub const ALL: [Self; 4] = [Self::InTime, Self::Late, Self::None, Self::NotNeeded];
}

impl Measure {
    /// The figures that every file may have, besides those of reasons and questions.
    pub const FIXED: [Self; 11] = [
        Self::Received,
        Self::Started,
        Self::Call(Call::InTime),
        Self::Call(Call::Late),
        Self::Call(Call::None),
        Self::Call(Call::NotNeeded),
        Self::MedianDays,
        Self::Forwarded,
        Self::NotForwarded,
        Self::ClosedOtherwise,
        Self::NotClosed,
    ];

    /// Parses the name of a figure.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(reason) = text.strip_prefix(CLOSED) {
            return ReasonSlug::parse(reason).ok().map(Self::Closed);
        }
        if let Some(question) = text.strip_prefix(FAILED) {
            let (form, field) = question.split_once(':')?;
            return Some(Self::Failed(FormId::parse(form).ok()?, FieldName::parse(field).ok()?));
        }
        Self::FIXED.into_iter().find(|measure| measure.fixed() == text)
    }

    fn fixed(&self) -> &'static str {
        match self {
            Self::Received => "modtaget",
            Self::Started => "begyndt",
            Self::Call(Call::InTime) => "ringet-i-tide",
            Self::Call(Call::Late) => "ringet-for-sent",
            Self::Call(Call::None) => "ikke-ringet",
            Self::Call(Call::NotNeeded) => "afsluttet-inden-opkald",
            Self::MedianDays => "median-dage",
            Self::Forwarded => "videresendt",
            Self::NotForwarded => "ikke-videresendt",
            Self::ClosedOtherwise => "lukket-ellers",
            Self::NotClosed => "ikke-lukket",
            Self::Closed(_) | Self::Failed(..) => "",
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(reason) => write!(f, "{CLOSED}{reason}"),
            Self::Failed(form, field) => write!(f, "{FAILED}{form}:{field}"),
            fixed => f.write_str(fixed.fixed()),
        }
    }
}
