//! The store's contract with DynamoDB, held against two independent implementations of it.
//!
//! The embedded one is always asked, and ministack where `MINISTACK` says where it answers (`tests/run` starts it). The
//! two answer every contract alike, so no test makes an exception. One difference shows nowhere: the order of items
//! that a Scan gives, which is why dumps are sorted. Neither shows what is AWS's own: throttling, conflicts of
//! transactions under real concurrency, an index that lags behind, and permissions.

mod accepting;
mod cases;
mod corrections;
mod ground;
mod keeping;
mod mailing;
mod sealing;
mod telling;

/// One test for each contract and each implementation.
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
    accepting::a_draft_is_stored_whole_and_read_back_as_it_was,
    accepting::what_is_refused_leaves_nothing_behind,
    accepting::of_equal_drafts_at_once_one_is_stored_and_the_others_are_told_which,
    accepting::equal_answers_are_a_new_request_a_day_later,
    accepting::so_many_are_accepted_from_an_address_and_only_what_is_stored_counts,
    accepting::a_catalog_is_in_force_when_it_is_published_and_older_ones_stay,
    mailing::a_task_is_one_runs_alone_until_its_lease_is_over,
    mailing::attempts_that_ended_unknown_are_counted_and_failures_are_not,
    mailing::a_run_that_lost_its_lease_changes_nothing,
    mailing::numbers_have_no_gap_and_none_is_given_twice,
    mailing::a_mailboxs_series_begins_after_that_which_its_kreds_had,
    mailing::a_task_is_owed_again_once_and_not_after_it_went_out,
    mailing::what_is_held_is_in_no_kredss_queue_until_it_is_released,
    mailing::since_when_a_mail_is_owed_is_not_changed_by_trying,
    mailing::what_is_held_is_owed_since_it_was_released,
    mailing::a_lease_whose_answer_was_lost_is_known_as_ones_own,
    mailing::runs_that_end_before_a_mail_leaves_are_no_attempts_and_have_longer_leases,
    mailing::a_receipt_is_mailed_once_an_hour_to_an_address,
    mailing::each_day_s_digests_are_planned_once_and_no_day_is_left_out,
    telling::whatever_order_a_mail_s_fate_is_told_in_the_end_is_the_same,
    telling::what_a_mailbox_refuses_goes_to_the_next_once,
    telling::what_is_told_twice_is_news_once_and_what_nobody_sent_is_none,
    telling::a_refusal_counts_as_answered_once_its_notice_is_owed_and_no_sooner,
    telling::mailboxes_that_refuse_work_again_once_one_took_a_mail_after_that,
    keeping::what_expired_is_not_there_whatever_the_table_still_holds,
    keeping::nothing_leads_to_a_request_that_was_deleted_but_the_audit,
    keeping::a_request_is_not_deleted_before_somebody_has_it,
    keeping::a_line_of_the_audit_is_never_overwritten,
    keeping::all_requests_of_a_restored_table_are_gone_through,
    keeping::at_its_end_a_request_is_deleted_whoever_has_it,
    keeping::only_what_is_held_is_discarded,
    cases::an_event_is_written_once_and_by_whoever_has_seen_all_before_it,
    cases::what_is_taken_back_leaves_nothing_owed_unless_it_is_too_late,
    cases::a_case_is_sealed_and_goes_with_its_request,
    cases::a_case_has_an_end_and_a_number_of_its_own_for_each_kreds,
    corrections::a_correction_is_sealed_with_its_event_by_whoever_has_seen_all_before_it,
    corrections::what_is_withdrawn_has_no_key_and_no_mail_and_is_no_ghost,
    corrections::of_a_withdrawn_request_the_kreds_is_told_that_may_have_its_mail,
    sealing::what_is_stored_shows_nothing_of_what_was_written,
    sealing::without_its_key_a_request_is_gone,
];

/// KMS is in ministack alone.
#[test]
#[ignore = "asks ministack: tests/run starts it"]
fn keys_wrapped_by_kms_open_for_their_own_request_alone() {
    let ground = ground::Ground::ministack();
    ground.run(sealing::keys_wrapped_by_kms_open_for_their_own_request_alone(&ground));
}
