//! The store's contract with DynamoDB, tested against two independent implementations.
//!
//! The embedded one always runs; ministack runs where `MINISTACK` gives its address (`tests/run` starts it). Both
//! fulfil every contract, so no test makes an exception. They differ only in the order of items in a Scan, which is
//! why dumps are sorted. Neither shows what only AWS does: throttling, transaction conflicts under real concurrency,
//! a lagging index, and permissions.

mod accepting;
mod cases;
mod corrections;
mod encryption;
mod ground;
mod keeping;
mod mailing;
mod reports;
mod roads;

/// Declares one test for each contract and implementation.
macro_rules! contracts {
    ($($module:ident::$name:ident),* $(,)?) => {
        mod embedded {
            $(#[test]
            fn $name() {
                let ground = super::ground::Ground::embedded();
                ground.run(super::$module::$name(&ground));
            })*
        }
        mod ministack {
            $(#[test]
            #[ignore = "asks ministack: tests/run starts it"]
            fn $name() {
                let ground = super::ground::Ground::ministack();
                ground.run(super::$module::$name(&ground));
            })*
        }
    };
}

contracts![
    accepting::a_stored_draft_is_read_back_unchanged,
    accepting::refused_drafts_leave_nothing_behind,
    accepting::concurrent_equal_drafts_store_one_and_the_others_learn_its_id,
    accepting::equal_answers_are_a_new_request_a_day_later,
    accepting::the_limit_of_an_address_counts_only_stored_requests,
    accepting::a_published_catalog_is_in_force_and_older_ones_stay,
    mailing::a_task_belongs_to_one_run_until_its_lease_ends,
    mailing::unknown_outcomes_are_counted_and_failures_are_not,
    mailing::a_run_that_lost_its_lease_changes_nothing,
    mailing::serial_numbers_have_no_gaps_and_no_duplicates,
    mailing::a_mailbox_series_continues_that_of_its_kreds,
    mailing::redelivery_owes_a_task_once_and_after_sending_only_if_forced,
    mailing::held_requests_are_in_no_queue_until_released,
    mailing::attempts_do_not_change_when_a_mail_became_owed,
    mailing::held_requests_are_owed_from_their_release,
    mailing::a_run_recognises_its_own_lease_after_a_lost_answer,
    mailing::runs_that_end_before_sending_are_no_attempts_and_get_longer_leases,
    mailing::an_address_gets_one_receipt_an_hour,
    mailing::each_days_digests_are_planned_once_and_no_day_is_skipped,
    reports::reports_may_arrive_in_any_order,
    reports::refused_mail_goes_to_the_next_mailbox_once,
    reports::a_mail_returned_after_delivery_is_left_to_a_human,
    reports::repeated_reports_are_news_once_and_reports_of_unknown_mail_never,
    reports::a_refusal_counts_as_handled_only_once_its_notice_is_owed,
    reports::refusing_mailboxes_work_again_once_one_accepts_a_later_mail,
    keeping::expired_requests_are_not_found_even_if_the_table_still_has_them,
    keeping::only_the_audit_names_a_deleted_request,
    keeping::an_undelivered_request_is_not_deleted_before_its_end,
    keeping::an_audit_line_is_never_overwritten,
    keeping::every_request_of_a_restored_table_is_visited,
    keeping::a_request_is_deleted_at_its_end_delivered_or_not,
    keeping::only_held_requests_are_discarded,
    cases::an_event_is_written_once_and_only_after_seeing_all_before_it,
    cases::undoing_an_event_cancels_what_it_owes_unless_it_is_too_late,
    cases::a_case_is_encrypted_and_erased_with_its_request,
    cases::a_case_has_a_limit_of_events_and_a_number_for_each_kreds,
    corrections::a_correction_is_encrypted_and_refused_if_its_answers_are_stale,
    corrections::a_withdrawn_request_has_no_key_and_no_mail_and_is_no_ghost,
    corrections::a_withdrawal_is_reported_to_the_kreds_that_may_have_the_mail,
    roads::a_road_request_is_listed_for_its_own_kreds_for_90_days,
    roads::withdrawing_or_erasing_unlists_a_road_request_and_expiry_does_not,
    encryption::stored_items_show_no_answers,
    encryption::without_its_key_a_request_is_gone,
];

/// Only ministack has KMS.
#[test]
#[ignore = "asks ministack: tests/run starts it"]
fn a_key_wrapped_by_kms_opens_only_for_its_own_request() {
    let ground = ground::Ground::ministack();
    ground.run(encryption::a_key_wrapped_by_kms_opens_only_for_its_own_request(&ground));
}
