//! The page on which a citizen says whether somebody has called. It contains nothing personal.

use crate::frame::{Above, View};
use crate::{BadPage, Pages, address, dates};
use model::submission::Receipt;
use model::words::fill;
use serde::Serialize;

/// The state of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is unanswered.
    Open,
    /// The citizen said that nobody had called. They may say that somebody has since.
    Missed,
    /// The citizen said that somebody had called. They may take that back.
    Called,
    /// An officer has noted a call or a measure. The citizen may say that nobody has called.
    Noted,
    /// The request is closed or withdrawn, so the question is moot.
    Over,
}

/// Values of the two answers on the wire: yes, no.
pub const ANSWERS: [&str; 2] = ["ja", "nej"];

impl Asked {
    /// The answers that would change the state.
    #[must_use]
    pub const fn answers(self) -> &'static [&'static str] {
        match self {
            Self::Open => &ANSWERS,
            Self::Missed => ANSWERS.split_at(1).0,
            Self::Called | Self::Noted => ANSWERS.split_at(1).1,
            Self::Over => &[],
        }
    }
}

impl Pages {
    /// Renders the page. `kreds` is the name of the kreds that has the request now. The form `is_unanswered` if it was sent
    /// without an answer.
    pub fn question(
        &self,
        view: &View<'_>,
        receipt: &Receipt,
        kreds: &str,
        asked: Asked,
        is_unanswered: bool,
    ) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Choice<'a> {
            code: &'a str,
            label: &'a str,
        }
        let words = &view.texts()?.words;
        let (state, lead) = match asked {
            Asked::Open => ("open", "opkald_tekst"),
            Asked::Missed => ("missed", "opkald_svar_nej"),
            Asked::Called => ("called", "opkald_svar_ja"),
            Asked::Noted => ("noted", "opkald_noteret"),
            Asked::Over => ("over", "opkald_over"),
        };
        let content = tera::context! {
            state,
            is_unanswered,
            lead => &fill(words.get(lead), &[("kreds", kreds)]),
            reference => receipt.reference.as_str(),
            received => &dates::moment(words, receipt.received),
            action => &address::question(&receipt.id),
            receipt => &address::receipt(&receipt.id),
            answers => &ANSWERS
                .into_iter()
                .zip(["opkald_ja", "opkald_nej"])
                .filter(|(code, _)| asked.answers().contains(code))
                .map(|(code, key)| Choice { code, label: words.get(key) })
                .collect::<Vec<_>>(),
        };
        let mut frame = view.frame(words.get("opkald_spoergsmaal"), "", Above::Front)?;
        frame.failed = is_unanswered;
        self.page("question.html", &frame, content)
    }
}
