//! Corrections: a citizen's new answers replace the stored ones, encrypted, together with the event that says so.

use super::accept::ANSWERS;
use super::cases::{Attributes, Step, Stepped};
use super::change::Change;
use super::items::{bytes, key, phone_pk, submission_key, text, text_of};
use super::limits::Hit;
use super::submissions::READING;
use super::task::Task;
use super::transaction::Transaction;
use super::{Store, StoreError};
use model::answers::Answers;

/// Answers that replace the stored ones.
pub struct Correction<'a> {
    /// All answers, changed or not.
    pub answers: &'a Answers,
    /// The keyed hash of the telephone number in them, by which a citizen's requests are found.
    pub phone: &'a str,
    /// The hits against that number, written only if it is a new one.
    pub limits: &'a [Hit],
}

impl Store {
    /// Writes an event with the changed answers. The step must have seen all events, so that neither of two concurrent
    /// corrections is lost.
    pub async fn correct(&self, step: &Step<'_>, correction: &Correction<'_>) -> Result<Stepped, StoreError> {
        let id = &step.receipt.id;
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(Stepped::Changed) };
        let Some(data_key) = self.data_key(id).await? else { return Ok(Stepped::Changed) };
        let answers = correction.answers.to_stored().map_err(|_| StoreError::Unreadable("submission"))?;
        let encrypted = bytes(data_key.encrypt(ANSWERS, &answers)?);
        let mut attributes = Attributes { set: vec![(ANSWERS.to_owned(), encrypted)], remove: Vec::new() };
        let (before, now) = (text_of(&item, "submission", "phone_hash")?, correction.phone);
        let mut beside = Transaction::default();
        if before != now {
            attributes.set.push(("phone_hash".to_owned(), text(now)));
            beside = beside
                .delete(&self.table, key(phone_pk(before), id.as_str()))
                .put_new(&self.table, key(phone_pk(now), id.as_str()))
                .update(
                    &self.table,
                    Task::Erase(id.clone()).key(),
                    Change::new("SET phone_hash = :phone").when("attribute_exists(pk)").values([(":phone", text(now))]),
                );
            beside = correction.limits.iter().fold(beside, |beside, entry| entry.add_to(beside, &self.table));
        }
        self.write_event(step, &attributes, beside).await
    }
}
