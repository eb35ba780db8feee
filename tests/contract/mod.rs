//! The store's contract with DynamoDB, held against two independent implementations of it.
//!
//! The embedded one is always asked, and ministack where `MINISTACK` says where it answers (`tests/run` starts it). The
//! two answer every contract alike, so no test makes an exception. One difference shows nowhere: the order of items
//! that a Scan gives, which is why dumps are sorted. Neither shows what is AWS's own: throttling, conflicts of
//! transactions under real concurrency, an index that lags behind, and permissions.

mod accepting;
mod cases;
mod corrections;
mod encryption;
mod ground;
mod keeping;
mod mailing;
mod reports;
mod roads;

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
    accepting::refused_drafts_leave_nothing_behind,
    accepting::of_equal_drafts_at_once_one_is_stored_and_the_others_learn_which,
    accepting::equal_answers_are_a_new_request_a_day_later,
    accepting::the_limit_of_an_address_counts_only_stored_requests,
    accepting::a_catalog_is_in_force_when_it_is_published_and_older_ones_stay,
    mailing::a_task_belongs_to_one_run_until_its_lease_ends,
    mailing::unknown_outcomes_are_counted_and_failures_are_not,
    mailing::a_run_that_lost_its_lease_changes_nothing,
    mailing::numbers_have_no_gap_and_none_is_given_twice,
    mailing::a_mailboxs_series_continues_after_that_of_its_kreds,
    mailing::a_task_is_owed_again_once_and_not_after_it_went_out,
    mailing::held_requests_are_in_no_queue_until_released,
    mailing::attempts_do_not_change_since_when_a_mail_is_owed,
    mailing::held_requests_are_owed_since_their_release,
    mailing::a_run_recognises_its_own_lease_after_a_lost_answer,
    mailing::runs_that_end_before_a_mail_leaves_are_no_attempts_and_have_longer_leases,
    mailing::a_receipt_is_mailed_once_an_hour_to_an_address,
    mailing::each_days_digests_are_planned_once_and_no_day_is_left_out,
    reports::reports_may_arrive_in_any_order,
    reports::refused_mail_goes_to_the_next_mailbox_once,
    reports::a_mail_that_is_returned_after_it_arrived_is_left_to_a_human,
    reports::repeated_reports_are_news_once_and_reports_of_unknown_mail_never,
    reports::a_refusal_counts_as_answered_once_its_notice_is_owed_and_no_sooner,
    reports::mailboxes_that_refuse_work_again_once_one_took_a_mail_after_that,
    keeping::expired_requests_are_not_found_even_if_the_table_still_has_them,
    keeping::only_the_audit_leads_to_a_deleted_request,
    keeping::a_request_is_not_deleted_before_somebody_has_it,
    keeping::a_line_of_the_audit_is_never_overwritten,
    keeping::all_requests_of_a_restored_table_are_gone_through,
    keeping::a_request_is_deleted_at_its_end_whoever_has_it,
    keeping::only_held_requests_are_discarded,
    cases::an_event_is_written_once_and_by_whoever_has_seen_all_before_it,
    cases::what_is_taken_back_leaves_nothing_owed_unless_it_is_too_late,
    cases::a_case_is_encrypted_and_goes_with_its_request,
    cases::a_case_has_an_end_and_a_number_of_its_own_for_each_kreds,
    corrections::a_correction_is_encrypted_with_its_event_by_whoever_has_seen_all_before_it,
    corrections::what_is_withdrawn_has_no_key_and_no_mail_and_is_no_ghost,
    corrections::of_a_withdrawn_request_the_kreds_is_told_that_may_have_its_mail,
    roads::a_request_about_a_road_stands_beside_its_own_kredss_for_90_days,
    roads::it_goes_with_a_request_that_is_withdrawn_or_erased_and_stays_when_its_time_is_up,
    encryption::stored_items_show_no_answers,
    encryption::without_its_key_a_request_is_gone,
];

/// KMS is in ministack alone.
#[test]
#[ignore = "asks ministack: tests/run starts it"]
fn keys_wrapped_by_kms_open_for_their_own_request_alone() {
    let ground = ground::Ground::ministack();
    ground.run(encryption::keys_wrapped_by_kms_open_for_their_own_request_alone(&ground));
}
