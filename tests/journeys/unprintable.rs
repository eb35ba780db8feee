//! Types that hold a citizen's words or a secret cannot get into a log line, an error, a URL or a header.
//!
//! If one could, this would not compile.

use function::encryption::{DataKey, KeyService};
use function::message::OutgoingMail;
use function::post::Post;
use function::settings::{Credentials, MailRoute, Secret, Settings, Wrapping};
use lambda_http::http::{HeaderValue, Uri};
use model::answers::{Answer, Answers, Contact};
use model::email::EmailAddress;
use model::phone::Phone;
use model::pii::Pii;
use model::raw::RawAnswers;
use model::submission::{Receipt, Submission};
use pages::{Filled, Letter, Mail, Summary};
use std::borrow::Borrow;
use std::error::Error;
use std::fmt::{Debug, Display, LowerHex};
use std::hash::Hash;
use std::ops::Deref;

/// Fails to compile if a type has a trait: then `way` has two candidates, and neither can be inferred.
macro_rules! has_none_of {
    ($type:ty: $($trait:path),+ $(,)?) => {
        const _: fn() = || {
            trait Way<Chosen> {
                fn way() {}
            }
            impl<T: ?Sized> Way<()> for T {}
            $({
                #[allow(dead_code)]
                struct Other;
                impl<T: ?Sized + $trait> Way<Other> for T {}
            })+
            <$type as Way<_>>::way();
        };
    };
}

/// Forbids all traits that print, convert, compare with plain text, or send.
macro_rules! has_no_way_out {
    ($($type:ty),+ $(,)?) => {
        $(has_none_of!($type:
            Display, Debug, LowerHex, Error, serde::Serialize, tracing::Value, Hash,
            Deref, Borrow<str>, AsRef<str>, AsRef<[u8]>, AsRef<std::ffi::OsStr>, AsRef<std::path::Path>,
            Into<String>, Into<Vec<u8>>, Into<Box<dyn Error>>, TryInto<HeaderValue>, TryInto<Uri>,
            PartialEq<str>, PartialEq<String>, PartialEq<&'static str>, IntoIterator,
        );)+
    };
}

has_no_way_out!(Pii<String>, Pii<Vec<u8>>, Pii<Vec<String>>, Pii<Phone>, Pii<EmailAddress>, Pii<&'static str>);
has_no_way_out!(Contact, Answer, Answers, Submission, Receipt, RawAnswers, Post, OutgoingMail);
has_no_way_out!(Filled, Letter<'static>, Mail, Summary<'static>);
has_no_way_out!(DataKey, KeyService, Secret, Settings, Credentials, Wrapping, MailRoute);

/// Tests the technique of the macro, in a variant that compiles.
#[test]
fn the_check_distinguishes_types_with_a_trait_from_types_without() {
    trait Way<Chosen> {
        const FOUND: bool;
    }
    impl Way<()> for Pii<String> {
        const FOUND: bool = false;
    }
    struct Other;
    impl<T: Debug> Way<Other> for T {
        const FOUND: bool = true;
    }
    // `Pii` has one way, which is inferred; that of a text must be named, or this would not compile.
    const { assert!(!<Pii<String> as Way<_>>::FOUND) };
    const { assert!(<String as Way<Other>>::FOUND) };
}
