"""The templates keep their promises, and a template that breaks one is refused by a rule, by cfn-lint or by checkov."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from promises import RULES, faults
from templates import EDGE, ROOT, TEMPLATE, Template, listed, read

TOOLS = Path(sys.executable).parent

# Broken templates: a name, a text, its replacement, and the rule that must report it.
BROKEN = [
    ("no point-in-time recovery", "PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false", "tables_are_kept"),
    ("backups of the keys", "PointInTimeRecoveryEnabled: false", "PointInTimeRecoveryEnabled: true", "tables_are_kept"),
    ("nothing expires", "AttributeName: expires_at, Enabled: true", "AttributeName: expires_at, Enabled: false", "tables_are_kept"),
    ("AWS's key instead of ours", "SSEType: KMS, KMSMasterKeyId: !GetAtt StoreKey.Arn", "SSEType: KMS", "tables_are_kept"),
    ("a table that can be deleted", "DeletionProtectionEnabled: true", "DeletionProtectionEnabled: false", "tables_are_kept"),
    ("a table that goes with the stack", "  Table:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: RetainExceptOnCreate",
     "  Table:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: Delete", "what_holds_data"),
    ("answers in the index", "ProjectionType: INCLUDE, NonKeyAttributes: [owed_since]", "ProjectionType: ALL", "what_is_owed"),
    ("mail without TLS", "TlsPolicy: REQUIRE", "TlsPolicy: OPTIONAL", "mail_goes_by_tls"),
    ("a kreds on the suppression list", "SuppressedReasons: []", "SuppressedReasons: [BOUNCE]", "mail_goes_by_tls"),
    ("events signed with SHA-1", 'SignatureVersion: "2"', 'SignatureVersion: "1"', "what_became_of_mail"),
    ("bounces that nobody hears of", "[bounce, complaint, delivery, reject]", "[complaint, delivery, reject]", "what_became_of_mail"),
    ("receipts from the police's sender", "StringEquals: { \"ses:FromAddress\": !Ref ReceiptSender }", "StringEquals: { \"ses:FromAddress\": !Ref Sender }", "mail_to_the_police"),
    ("mail to the police for anybody", "*@${Domains},*@*.${Below}", "*@*${Domains},*@*${Below}", "mail_to_the_police"),
    ("an alarm about receipts that stops nothing", "AlarmActions: [!Ref Ops, !Ref MailEvents]", "AlarmActions: [!Ref Ops]", "mail_to_the_police"),
    ("an alarm about receipts that nobody knows", "${AWS::StackName}-receipts-bounce", "${AWS::StackName}-receipt-bounce", "mail_to_the_police"),
    ("everything about tables", "Action: dynamodb:Query", 'Action: "dynamodb:*"', "nobody_may_do_everything"),
    ("every table", "Resource: !GetAtt KeysTable.Arn", 'Resource: "*"', "nobody_may_do_everything"),
    ("scanning", "dynamodb:DeleteItem, dynamodb:Query]", "dynamodb:DeleteItem, dynamodb:Query, dynamodb:Scan]", "the_function_may_do"),
    ("deleting a table", "dynamodb:DeleteItem]\n            Resource: !GetAtt KeysTable", "dynamodb:DeleteItem, dynamodb:DeleteTable]\n            Resource: !GetAtt KeysTable",
     "the_function_may_do"),
    ("a function that writes content", "[CATALOG]", "[OTHER]", "the_function_may_do"),
    ("a publisher who writes anywhere", "\"ForAllValues:StringEquals\": { \"dynamodb:LeadingKeys\": [CATALOG] }", "Bool: { \"aws:SecureTransport\": \"true\" }", "whoever_publishes"),
    ("a publisher who reads requests", "\"dynamodb:LeadingKeys\": [CATALOG] }\n              \"Null\"", "\"dynamodb:LeadingKeys\": [CATALOG, \"SUBMISSION#*\"] }\n              \"Null\"", "whoever_publishes"),
    ("a secret in the template", "{{resolve:secretsmanager:${HashSecret}:SecretString}}", "0a" * 32, "secrets_stand_nowhere"),
    ("a setting that is misspelt", "SENDER: !Ref Sender", "SENDR: !Ref Sender", "the_function_gets"),
    ("the gateway past the alias", "functions/${Live}/invocations", "functions/${Function.Arn}/invocations", "all_calls_go_to_live"),
    ("a schedule that the web can starve", "Arn: !Ref DeliveryLive\n", "Arn: !Ref Live\n", "all_calls_go_to_live"),
    ("no copies for delivery", "[HasReservedConcurrency, 10, ", "[HasReservedConcurrency, 0, ", "delivery_has_the_same"),
    ("another program that delivers", "Mails the kreds that is responsible, hears what became of mails, sends probes\n      Runtime: provided.al2023",
     "Mails the kreds that is responsible, hears what became of mails, sends probes\n      Runtime: provided.al2", "delivery_has_the_same"),
    ("no dead letters of events", "RedrivePolicy: { deadLetterTargetArn: !GetAtt DeadLetters.Arn }", "RedrivePolicy: {}", "what_failed_for_good"),
    ("no dead letters of runs", "DeadLetterConfig: { TargetArn: !GetAtt DeadLetters.Arn }", "TracingConfig: { Mode: PassThrough }", "what_failed_for_good"),
    ("addresses for two weeks", "MessageRetentionPeriod: 345600", "MessageRetentionPeriod: 1209600", "what_failed_for_good"),
    ("another page of the gateway's", "IKKE modtaget", "modtaget", "whoever_is_not_answered"),
    ("English JSON when a copy fails", "ResponseType: DEFAULT_5XX", "ResponseType: QUOTA_EXCEEDED", "whoever_is_not_answered"),
    ("a page that is shown as text", "\"'text/html; charset=utf-8'\"", "\"'text/plain'\"", "whoever_is_not_answered"),
    ("a page instead of what was typed", "{ ErrorCode: 503, ErrorCachingMinTTL: 0 }", "{ ErrorCode: 503, ErrorCachingMinTTL: 0, ResponseCode: 503, ResponsePagePath: /ikke-modtaget.htm }", "whoever_is_not_answered"),
    ("CloudFront's own page", "{ ErrorCode: 504, ErrorCachingMinTTL: 0, ResponseCode: 504, ResponsePagePath: /ikke-modtaget.htm }", "{ ErrorCode: 504, ErrorCachingMinTTL: 0 }", "whoever_is_not_answered"),
    ("a gateway that gives up first", "TimeoutInMillis: 29000", "TimeoutInMillis: 19000", "a_page_of_the_function"),
    ("a gateway as it was before", "TimeoutInMillis: 29000", "TimeoutInMillis: 28000", "the_gateway_is_deployed"),
    ("another stage", "OriginPath: /live", "OriginPath: /test", "the_gateway_is_deployed"),
    ("a schedule every hour", "rate(1 minute)", "rate(1 hour)", "the_schedule_runs"),
    ("no probe", "rate(15 minutes)", "rate(15 hours)", "a_probe_goes_out"),
    ("a probe that is taken for the schedule", "Input: '{\"task\":\"probe\"}'", "Input: '{\"task\":\"sweep\"}'", "a_probe_goes_out"),
    ("a probe that hides a schedule", "GroupName: !Ref ProbeGroup", "GroupName: !Ref ScheduleGroup", "a_probe_goes_out"),
    ("a probe past the distribution", "          SITE_URL: !If [HasDomain, !Sub \"https://${Domain}\", ", "          SITE_URL: !If [HasDomain, !Sub \"https://${Api}\", ", "a_probe_goes_out"),
    ("no limit at the gateway", ", ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 }", " }", "a_flood_has_limits"),
    ("inline scripts", "default-src 'self';", "default-src 'self' 'unsafe-inline';", "the_site_has_the_headers"),
    ("a receipt's address in a referrer", "ReferrerPolicy: same-origin, Override: false", "ReferrerPolicy: same-origin, Override: true", "the_site_has_the_headers"),
    ("receipts that are kept", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "658327ea-f89d-4fab-a63d-7e88639e58f6", "the_functions_paths"),
    ("an honest form that is foreign", "Sec-Fetch-Site, ", "", "the_functions_paths"),
    ("a function that nobody reaches", "PathPattern: /find-kreds", "PathPattern: /find", "the_functions_paths"),
    ("a public bucket", "BlockPublicPolicy: true", "BlockPublicPolicy: false", "nobody_reads_the_bucket"),
    ("a log for ever", "      RetentionInDays: !Ref LogDays\n", "", "logs_end"),
    ("receipts in a log", "ThrottlingBurstLimit: 400 }", "ThrottlingBurstLimit: 400, LoggingLevel: INFO }", "logs_end"),
    ("an alarm that tells nobody", "      AlarmActions: [!Ref Ops]\n", "", "every_alarm"),
    ("an alarm that is silent about silence", "      TreatMissingData: notBreaching\n", "      TreatMissingData: missing\n", "every_alarm"),
    ("an alarm for all kredse at once", " GROUP BY kreds ORDER BY MAX() DESC", "", "an_overdue_call"),
    ("an alarm that is not there", '{ $.fields.alarm = "undelivered" }', '{ $.fields.alarm = "undeliverd" }', "whatever_the_function_raises"),
    ("an alarm on a metric that is not there", "MetricName: bounced", "MetricName: bouncd", "whatever_the_function_raises"),
    ("one thing counted twice", "MetricName: both-bounced, MetricValue", "MetricName: bounced, MetricValue", "each_thing_is_counted"),
    ("a metric of nobody", "      MetricName: late\n      Dimensions: [{ Name: environment, Value: !Ref Environment }]\n", "      MetricName: late\n", "each_thing_is_counted"),
    ("a log that makes no metrics", "LogGroupClass: STANDARD", "LogGroupClass: INFREQUENT_ACCESS", "the_log_makes"),
    ("silence about what is owed", "TreatMissingData: breaching", "TreatMissingData: notBreaching", "what_did_not_run"),
    ("a silent schedule", "ComparisonOperator: LessThanThreshold", "ComparisonOperator: GreaterThanThreshold", "what_did_not_run"),
]


class Promises(unittest.TestCase):
    def test_the_template_keeps_every_promise(self):
        self.assertEqual(faults(TEMPLATE.read_text(encoding="utf-8")), [])

    def test_a_template_that_breaks_a_promise_is_refused_by_its_rule(self):
        text = TEMPLATE.read_text(encoding="utf-8")
        refused = set()
        for what, old, new, rule in BROKEN:
            with self.subTest(what):
                self.assertIn(old, text)
                found = faults(text.replace(old, new, 1))
                self.assertTrue(any(fault.startswith(rule) for fault in found), f"{what}: {found}")
                refused.add(next(fault for fault in found if fault.startswith(rule)).split(":")[0])
        self.assertEqual(refused, {check.__name__ for check in RULES}, "every rule was seen to refuse something")

    def test_the_firewall_blocks_no_request_for_its_text(self):
        for rule in Template(EDGE.read_text(encoding="utf-8")).properties("Firewall")["Rules"]:
            managed = rule["Statement"].get("ManagedRuleGroupStatement")
            if not managed or rule["OverrideAction"] == {"Count": {}}:
                continue
            counted = {each["Name"] for each in managed["RuleActionOverrides"] if each["ActionToUse"] == {"Count": {}}}
            self.assertEqual(KNOWN_WRITTEN[managed["Name"]] - counted, set(), managed["Name"])

    def test_the_edge_stack_has_least_privilege_and_its_alarms_notify_somebody(self):
        template = Template(EDGE.read_text(encoding="utf-8"))
        for name, statement in template.statements():
            self.assertFalse([action for action in listed(statement["Action"]) if "*" in action], name)
        for name, alarm in template.of_type("AWS::CloudWatch::Alarm").items():
            self.assertTrue(alarm["AlarmActions"] and alarm["TreatMissingData"] == "notBreaching", name)


# Rules of the managed groups, as AWS documents them, that inspect bodies and queries.
KNOWN_WRITTEN = {
    "AWSManagedRulesCommonRuleSet": {
        "SizeRestrictions_BODY", "EC2MetaDataSSRF_BODY", "EC2MetaDataSSRF_QUERYARGUMENTS", "GenericLFI_QUERYARGUMENTS", "GenericLFI_BODY",
        "GenericRFI_QUERYARGUMENTS", "GenericRFI_BODY", "CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_BODY",
    },
    "AWSManagedRulesKnownBadInputsRuleSet": {
        "JavaDeserializationRCE_BODY", "JavaDeserializationRCE_QUERYSTRING", "Log4JRCE_QUERYSTRING", "Log4JRCE_BODY", "ReactJSRCE_BODY",
    },
}


class Tools(unittest.TestCase):
    """cfn-lint and checkov, each shown to refuse something."""

    def lint(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            done = subprocess.run([TOOLS / "cfn-lint", "--format", "parseable", file.name], capture_output=True, text=True, check=False)
        return re.sub(re.escape(file.name), "", done.stdout + done.stderr)

    def test_cfn_lint_finds_nothing_but_can(self):
        text = TEMPLATE.read_text(encoding="utf-8")
        self.assertEqual(self.lint(text), "")
        self.assertEqual(self.lint(EDGE.read_text(encoding="utf-8")), "")
        broken = text.replace("!Ref FunctionRequest", "!Ref NoSuchThing", 1).replace("RetentionInDays: !Ref LogDays", "RetentionInDays: 31", 1)
        said = self.lint(broken.replace("PathPart:", "Part:", 1))
        for code in ("E1020", "E3030", "E3002"):
            self.assertIn(code, said)

    @unittest.skipUnless(os.environ.get("CHECKOV"), "checkov runs at night: tests/run nightly templates")
    def test_checkov_finds_only_the_exceptions_but_can_find_more(self):
        exceptions = read((Path(__file__).parent / "exceptions.yaml").read_text(encoding="utf-8"))
        self.assertTrue(all(len(entry["reason"]) > 40 for entry in exceptions))
        text = TEMPLATE.read_text(encoding="utf-8")
        broken = text.replace("BlockPublicAcls: true", "BlockPublicAcls: false").replace("EnableKeyRotation: true", "EnableKeyRotation: false")
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("template.yaml", text), ("us-east-1.yaml", EDGE.read_text(encoding="utf-8")), ("broken.yaml", broken)):
                (Path(folder) / name).write_text(content, encoding="utf-8")
            found = self.checkov(folder)
        named = {(entry["check"], entry["resource"]) for entry in exceptions}
        self.assertEqual(found["template.yaml"] | found["us-east-1.yaml"], named)
        self.assertEqual({check for check, _ in found["broken.yaml"] - named}, {"CKV_AWS_7", "CKV_AWS_53"})

    def checkov(self, folder):
        """Returns its findings in the templates of a folder: check and resource, by file. It works offline."""
        command = [os.environ["CHECKOV"], "--framework", "cloudformation", "--skip-download", "--compact", "--quiet", "--output", "json", "--directory", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertTrue(done.stdout.strip(), done.stderr)
        found = {}
        for failed in json.loads(done.stdout)["results"]["failed_checks"]:
            found.setdefault(Path(failed["file_path"]).name, set()).add((failed["check_id"], failed["resource"]))
        return found


if __name__ == "__main__":
    unittest.main(verbosity=1)
