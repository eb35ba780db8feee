//! The URL of a request's page for officers: signed for one request and one mailbox, without personal data.

use crate::Service;
use crate::hashes::{Hashed, hash};
use crate::settings::Secret;
use crate::store::Recipient;
use model::names::{FormId, KredsSlug, Nonce, SubmissionId};
use model::submission::Receipt;
use pages::address;
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

/// The number of hex digits of a signature in a URL: 128 bits, as in the request's id.
const SIGNED: usize = 32;

/// The number of hex digits of a signature in a form, which is valid for one event of one request.
const SIGNED_FORM: usize = 16;

/// The claims of a URL, before verification: see [`Token::is_genuine`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) id: SubmissionId,
    /// The recipient of the mail that contained the URL.
    pub(crate) recipient: Recipient,
    signature: String,
}

/// The URL for the mail to a recipient; `None` if there is no page for that recipient.
pub(crate) fn link(
    service: &Service,
    receipt: &Receipt,
    recipient: Recipient,
    kreds: &KredsSlug,
    base_url: &str,
) -> Option<String> {
    let token = Token::new(&service.settings.secret, &receipt.id, recipient, kreds, &receipt.form)?;
    Some(format!("{base_url}{}", address::case(&token.to_string())))
}

impl Token {
    fn new(secret: &Secret, id: &SubmissionId, recipient: Recipient, kreds: &KredsSlug, form: &FormId) -> Option<Self> {
        letter(recipient)?;
        let signature = sign(secret, &Hashed::Case { id, recipient, kreds, form }, SIGNED);
        Some(Self { id: id.clone(), recipient, signature })
    }

    /// Parses the token at the end of a URL, and ignores anything that a mail program copied along with it.
    pub(crate) fn copied(end: &str) -> Option<Self> {
        let end = percent_decode_str(end).decode_utf8_lossy().to_ascii_lowercase();
        end.split(|sign: char| !sign.is_ascii_alphanumeric()).find_map(Self::parse)
    }

    fn parse(text: &str) -> Option<Self> {
        let (id, rest) = text.split_at_checked(32)?;
        let (recipient, signature) = rest.split_at_checked(1)?;
        let recipient = Recipient::ALL.into_iter().find(|to| letter(*to) == Some(recipient))?;
        let id = SubmissionId::parse(id).ok()?;
        (signature.len() == SIGNED).then(|| Self { id, recipient, signature: signature.to_owned() })
    }

    /// True if it was signed here, for this mailbox of the request. The comparison takes constant time.
    pub(crate) fn is_genuine(&self, secret: &Secret, kreds: &KredsSlug, form: &FormId) -> bool {
        let what = Hashed::Case { id: &self.id, recipient: self.recipient, kreds, form };
        sign(secret, &what, SIGNED).as_bytes().ct_eq(self.signature.as_bytes()).into()
    }

    /// The hidden value of the page's form: a nonce that is valid on this page only.
    pub(crate) fn form_nonce(&self, secret: &Secret, nonce: &Nonce) -> String {
        form_nonce(secret, &self.to_string(), nonce)
    }

    /// The nonce of a form; `None` if the form is not from the page at this URL.
    pub(crate) fn nonce_of(&self, secret: &Secret, sent: &str) -> Option<Nonce> {
        nonce_of(secret, &self.to_string(), sent)
    }
}

/// The hidden value of a form on the page at a URL: a nonce that is valid on this page only.
pub(crate) fn form_nonce(secret: &Secret, address: &str, nonce: &Nonce) -> String {
    format!("{nonce}{}", sign(secret, &Hashed::CaseForm { address, nonce }, SIGNED_FORM))
}

/// The nonce of a form; `None` if the form is not from the page at this URL.
pub(crate) fn nonce_of(secret: &Secret, address: &str, sent: &str) -> Option<Nonce> {
    let (nonce, _) = sent.split_at_checked(SIGNED_FORM)?;
    let nonce = Nonce::parse(nonce).ok()?;
    bool::from(form_nonce(secret, address, &nonce).as_bytes().ct_eq(sent.as_bytes())).then_some(nonce)
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}{}", self.id, letter(self.recipient).unwrap_or_default(), self.signature)
    }
}

/// The letter for a recipient in URLs; `None` if there is no page for that recipient.
const fn letter(recipient: Recipient) -> Option<&'static str> {
    match recipient {
        Recipient::Kreds => Some("k"),
        Recipient::Second => Some("r"),
        Recipient::Fallback => Some("f"),
        Recipient::Forwarded => Some("v"),
        Recipient::ForwardedSecond => Some("s"),
        Recipient::ForwardedFallback => Some("t"),
        Recipient::Leader => Some("l"),
        Recipient::ForwardedLeader => Some("m"),
        Recipient::Citizen | Recipient::Probe => None,
    }
}

fn sign(secret: &Secret, what: &Hashed<'_>, signs: usize) -> String {
    let mut whole = hash(secret, what);
    whole.truncate(signs);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(id: u8, recipient: Recipient, kreds: &str, form: &str) -> Token {
        let (kreds, form) = (KredsSlug::parse(kreds).unwrap(), FormId::parse(form).unwrap());
        let id = SubmissionId::from_random([id; 16]);
        Token::new(&Secret::new([1; 32]), &id, recipient, &kreds, &form).unwrap()
    }

    fn is_genuine(token: &Token, kreds: &str, form: &str) -> bool {
        let (kreds, form) = (KredsSlug::parse(kreds).unwrap(), FormId::parse(form).unwrap());
        token.is_genuine(&Secret::new([1; 32]), &kreds, &form)
    }

    #[test]
    fn a_link_is_valid_for_one_request_recipient_kreds_and_form_only() {
        let ours = token(1, Recipient::Kreds, "fyn", "bestil-en-betjent");
        assert!(is_genuine(&ours, "fyn", "bestil-en-betjent"));
        assert!(!is_genuine(&ours, "bornholm", "bestil-en-betjent"));
        assert!(!is_genuine(&ours, "fyn", "bestil-en-faerdselskontrol"));
        for (id, recipient) in [(2, Recipient::Kreds), (1, Recipient::Second), (1, Recipient::Forwarded)] {
            let other = token(id, recipient, "fyn", "bestil-en-betjent");
            let forged = Token { signature: ours.signature.clone(), ..other.clone() };
            assert!(!is_genuine(&forged, "fyn", "bestil-en-betjent"), "{id} {recipient:?}");
            assert!(is_genuine(&other, "fyn", "bestil-en-betjent"));
        }
        let kreds = KredsSlug::parse("fyn").unwrap();
        let form = FormId::parse("bestil-en-betjent").unwrap();
        assert!(!ours.is_genuine(&Secret::new([2; 32]), &kreds, &form));
        for recipient in [Recipient::Citizen, Recipient::Probe] {
            assert!(Token::new(&Secret::new([1; 32]), &ours.id, recipient, &kreds, &form).is_none());
        }
    }

    #[test]
    fn a_token_is_found_amid_copied_text_and_nothing_else_is_a_token() {
        for recipient in Recipient::ALL.into_iter().filter(|to| letter(*to).is_some()) {
            let token = token(7, recipient, "fyn", "bestil-en-betjent");
            for (before, after) in [("", ""), ("%3C", "%3E"), ("(", ")."), ("", "/"), ("", "%20x")] {
                assert_eq!(Token::copied(&format!("{before}{token}{after}")), Some(token.clone()));
            }
            let text = token.to_string();
            for wrong in [&text[1..], &text[..64], &format!("{text}0"), &text.replace('k', "z"), "", "æøå"] {
                assert!(Token::copied(wrong).is_none_or(|read| wrong == text && read == token), "{wrong}");
            }
        }
    }

    #[test]
    fn a_form_nonce_is_valid_on_the_page_of_one_link_only() {
        let (secret, nonce) = (Secret::new([1; 32]), Nonce::from_random([9; 8]));
        let [ours, other] = [1, 2].map(|id| token(id, Recipient::Kreds, "fyn", "bestil-en-betjent"));
        let sent = ours.form_nonce(&secret, &nonce);
        assert_eq!(ours.nonce_of(&secret, &sent), Some(nonce.clone()));
        assert_eq!(other.nonce_of(&secret, &sent), None);
        for wrong in ["", "0", nonce.as_str(), &sent[1..], &format!("{sent}0"), &"æ".repeat(16)] {
            assert_eq!(ours.nonce_of(&secret, wrong), None, "{wrong}");
        }
    }
}
