//! Running numbers: each mailbox (kreds and form) has a series of its own, and a number that is missing in it is a missing request.

use super::items::{number, number_of, seconds, serial_key, shared_serial_key};
use super::leases::Leased;
use super::task::serial_of;
use super::transaction::{Outcome, Transaction};
use super::{Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::{FormId, KredsSlug};
use model::serial::Serial;

/// How often a number is drawn again because another run drew it first.
const DRAWS: u32 = 8;

impl Store {
    /// Fixes the next number of the mailbox's year to a task, in one transaction: no number is used twice, and none is left
    /// out. A task that has one keeps it.
    ///
    /// A series begins at 1, but for one: where a release before counted both mailboxes of a kreds in one series, each
    /// mailbox's own begins after it, so that no mailbox gets a number twice.
    pub async fn fix_serial(&self, leased: &Leased, form: &FormId, now: Timestamp) -> Result<Serial, StoreError> {
        if let Some(serial) = leased.serial {
            return Ok(serial);
        }
        const OPERATION: &str = "fixing a number";
        let year = danish_day(now).year();
        let key = serial_key(&leased.kreds, form, year);
        for _ in 0..DRAWS {
            let drawn = match self.item(key.clone(), OPERATION).await? {
                Some(item) => Some(number_of(&item, "serial", "last")?),
                None => None,
            };
            let last = match drawn {
                Some(last) => last,
                None => self.last_shared(&leased.kreds, year).await?,
            };
            let transaction = Transaction::default()
                .update(&self.table, key.clone(), |update| {
                    let update = update
                        .update_expression("SET #last = :next, #first = if_not_exists(#first, :next)")
                        .expression_attribute_names("#last", "last")
                        .expression_attribute_names("#first", "first")
                        .expression_attribute_values(":next", number(last + 1));
                    match drawn {
                        Some(last) => update
                            .condition_expression("#last = :last")
                            .expression_attribute_values(":last", number(last)),
                        None => update.condition_expression("attribute_not_exists(#last)"),
                    }
                })
                .update(&self.table, leased.task.key(), |update| {
                    update
                        .update_expression("SET serial = :next, serial_year = :year")
                        .condition_expression("attribute_not_exists(serial) AND due_at = :until")
                        .expression_attribute_values(":next", number(last + 1))
                        .expression_attribute_values(":year", number(year.into()))
                        .expression_attribute_values(":until", seconds(leased.until))
                });
            match self.transact(OPERATION, transaction).await? {
                Outcome::Done => {
                    let number = u32::try_from(last + 1).map_err(|_| StoreError::Unreadable("serial"))?;
                    return Ok(Serial { year, number });
                }
                Outcome::Refused(places) if places.contains(&1) => {
                    // Written before, and the answer was lost; or the lease ran out and another run has the task.
                    let task = self.item(leased.task.key(), OPERATION).await?;
                    let serial = task.as_ref().map(serial_of).transpose()?.flatten();
                    return serial.ok_or_else(|| StoreError::lost_lease(OPERATION));
                }
                Outcome::Refused(_) => {}
            }
        }
        Err(StoreError::Failed { operation: OPERATION, reason: "others were always faster".to_owned() })
    }

    /// The first number of a mailbox's series of a year, once it has one.
    pub async fn first_serial(&self, kreds: &KredsSlug, form: &FormId, year: i16) -> Result<Option<u32>, StoreError> {
        let Some(item) = self.item(serial_key(kreds, form, year), "reading a series").await? else { return Ok(None) };
        let first = number_of(&item, "serial", "first")?;
        u32::try_from(first).map(Some).map_err(|_| StoreError::Unreadable("serial"))
    }

    /// The last number that a kreds's shared series of the year gave; 0 if it had none.
    async fn last_shared(&self, kreds: &KredsSlug, year: i16) -> Result<i64, StoreError> {
        let shared = self.item(shared_serial_key(kreds, year), "reading a shared series").await?;
        shared.map_or(Ok(0), |item| number_of(&item, "serial", "last"))
    }
}
