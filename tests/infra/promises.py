"""Promises of the template. Each rule yields what is wrong with a template; nothing if it keeps the promise."""

import hashlib
import json
import re

from templates import ROOT, Template, listed

RULES = []


def rule(check):
    RULES.append(check)
    return check


def faults(text):
    """Returns everything that is wrong with a template, each after the name of its rule."""
    template = Template(text)
    return [f"{check.__name__}: {fault}" for check in RULES for fault in check(template)]


def source(path):
    return (ROOT / path).read_text(encoding="utf-8")


@rule
def tables_are_kept_encrypted_and_expire(template):
    tables = template.of_type("AWS::DynamoDB::Table")
    if set(tables) != {"Table", "KeysTable"}:
        yield f"the tables are {sorted(tables)}"
    for name, table in tables.items():
        if table.get("TimeToLiveSpecification") != {"AttributeName": "expires_at", "Enabled": True}:
            yield f"{name} deletes nothing that is expired"
        sse = table.get("SSESpecification", {})
        if not (sse.get("SSEEnabled") is True and sse.get("SSEType") == "KMS" and sse.get("KMSMasterKeyId") == {"Fn::GetAtt": ["StoreKey", "Arn"]}):
            yield f"{name} is not encrypted with our key"
        if table.get("DeletionProtectionEnabled") is not True:
            yield f"{name} can be deleted"
        if table.get("BillingMode") != "PAY_PER_REQUEST":
            yield f"{name} is not on demand"
        backed_up = table.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled")
        if backed_up is not (name == "Table"):
            yield f"{name} {'must' if name == 'Table' else 'must not'} be restorable to a point in time"


@rule
def what_is_owed_is_indexed_by_keys_and_since_when(template):
    indexes = template.properties("Table").get("GlobalSecondaryIndexes", [])
    wanted = {
        "IndexName": "due",
        "KeySchema": [{"AttributeName": "due_for", "KeyType": "HASH"}, {"AttributeName": "due_at", "KeyType": "RANGE"}],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["owed_since"]},
    }
    if indexes != [wanted]:
        yield f"the indexes are {indexes}"


@rule
def what_holds_data_stays_when_the_stack_goes(template):
    kinds = ("AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket")
    for name, about in template.resources.items():
        if about["Type"] in kinds or name in ("HashSecret", "FunctionLog"):
            if about.get("DeletionPolicy") != "RetainExceptOnCreate" or about.get("UpdateReplacePolicy") != "Retain":
                yield f"{name} goes with the stack"
    version = template.resources.get("Version", {})
    if version.get("UpdateReplacePolicy") != "Retain":
        yield "older versions of the function are deleted, so there is nothing to roll back to"


@rule
def mail_goes_by_tls_and_no_kreds_is_muted(template):
    for name, suppressed in (("KredsMail", []), ("CitizenMail", ["BOUNCE", "COMPLAINT"])):
        options = template.properties(name)
        if options.get("DeliveryOptions", {}).get("TlsPolicy") != "REQUIRE":
            yield f"{name} may go without TLS"
        if options.get("SuppressionOptions", {}).get("SuppressedReasons") != suppressed:
            yield f"{name} must suppress {suppressed or 'nothing'}"


@rule
def what_became_of_mail_is_told_and_signed(template):
    told = {}
    for destination in template.of_type("AWS::SES::ConfigurationSetEventDestination").values():
        event = destination["EventDestination"]
        if event.get("Enabled") is True and event.get("SnsDestination") == {"TopicARN": {"Ref": "MailEvents"}}:
            told[destination["ConfigurationSetName"]["Ref"]] = set(event["MatchingEventTypes"])
    for name in ("KredsMail", "CitizenMail"):
        if not told.get(name, set()) >= {"bounce", "complaint", "delivery", "reject"}:
            yield f"{name} does not tell what became of mails"
    if template.properties("MailEvents").get("SignatureVersion") != "2":
        yield "MailEvents does not sign with version 2, and the function believes nothing else"
    if template.properties("MailEventsToFunction").get("Endpoint") != {"Ref": "DeliveryLive"}:
        yield "the function is not told"


@rule
def mail_to_the_police_is_apart_from_receipts_and_goes_to_the_police(template):
    named = [str(identity["EmailIdentity"]) for identity in template.of_type("AWS::SES::EmailIdentity").values()]
    if not any("'Sender'" in name for name in named) or not any("'ReceiptSender'" in name for name in named):
        yield "police and citizens get mail from one identity"
    statements = {statement.get("Sid"): statement for _, statement in template.statements()}
    for sid, sender, own, other in (("PoliceMail", "Sender", "KredsMail", "CitizenMail"), ("Receipts", "ReceiptSender", "CitizenMail", "KredsMail")):
        allowed = next((each for name, each in template.statements() if name == "FunctionPolicy" and each.get("Sid") == sid), {})
        resources, condition = str(allowed.get("Resource")), allowed.get("Condition", {})
        if own not in resources or other in resources or condition.get("StringEquals") != {"ses:FromAddress": {"Ref": sender}}:
            yield f"{sid} is mixed with the other"
    recipients = str(statements.get("PoliceMail", {}).get("Condition", {}).get("ForAllValues:StringLike"))
    if "ses:Recipients" not in recipients or "*@${Domains},*@*.${Below}" not in recipients:
        yield "mail to the police may go to anybody"
    acting = {alarm["MetricName"]: alarm for alarm in template.alarms().values() if {"Ref": "MailEvents"} in alarm.get("AlarmActions", [])}
    ends = re.findall(r'"(-receipts-[a-z]+)"', source("function/src/mail_events/reputation.rs").split("#[cfg(test)]")[0])
    for metric, end in zip(("Reputation.BounceRate", "Reputation.ComplaintRate"), ends, strict=True):
        alarm = acting.get(metric, {})
        if alarm.get("Dimensions") != [{"Name": "ses:configuration-set", "Value": {"Ref": "CitizenMail"}}] or not str(alarm.get("AlarmName")).endswith(end + "'}"):
            yield f"{metric} of receipts stops nothing"


@rule
def nobody_may_do_everything(template):
    for name, statement in template.statements():
        if "NotAction" in statement:
            yield f"{name}: NotAction allows what nobody thought of"
        for action in listed(statement.get("Action", [])):
            if "*" in action:
                yield f"{name}: the action {action}"
        is_key_policy = template.resources[name]["Type"] == "AWS::KMS::Key"
        if statement["Effect"] == "Allow" and "*" in listed(statement.get("Resource", [])) and not is_key_policy:
            yield f"{name}: the resource *"
        if statement["Effect"] == "Allow" and statement.get("Principal") in ("*", {"AWS": "*"}):
            yield f"{name}: anybody"


@rule
def the_function_may_do_what_it_does_and_no_more(template):
    allowed = {
        "dynamodb": {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"},
        "kms": {"DescribeKey", "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"},
        "ses": {"SendEmail", "SendRawEmail"},
        "logs": {"CreateLogStream", "PutLogEvents"},
        "sqs": {"SendMessage"},
    }
    role = template.properties("FunctionRole")
    if role.get("ManagedPolicyArns") or role.get("Policies"):
        yield "FunctionRole has policies besides FunctionPolicy"
    statements = template.properties("FunctionPolicy").get("PolicyDocument", {}).get("Statement", [])
    for statement in statements:
        for action in listed(statement["Action"]):
            service, _, verb = action.partition(":")
            if statement["Effect"] == "Allow" and verb not in allowed.get(service, ()):
                yield f"it may {action}"
    denied = [statement for statement in statements if statement["Effect"] == "Deny"]
    for leading, actions in (("CATALOG", 3), ("AUDIT#*", 2)):
        if not any(leading in str(statement["Condition"]) and len(listed(statement["Action"])) == actions for statement in denied):
            yield f"it may change what begins with {leading}"


@rule
def whoever_publishes_writes_content_alone(template):
    statements = template.properties("PublisherPolicy").get("PolicyDocument", {}).get("Statement", [])
    keys = {}
    for statement in statements:
        actions = [action for action in listed(statement["Action"]) if action.startswith("dynamodb:")]
        leading = [value for condition in statement.get("Condition", {}).values() for name, value in condition.items() if name == "dynamodb:LeadingKeys" and value != "false"]
        if actions and ("Null" not in statement.get("Condition", {}) or not leading):
            yield "the table is open to it"
        for key in [key for values in leading for key in values]:
            keys[key] = set(actions)
    if keys != {"CATALOG": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}}:
        yield f"it may {keys}"


@rule
def secrets_stand_nowhere_in_the_template(template):
    variables = template.properties("Function")["Environment"]["Variables"]
    for name in ("SECRET", "ORIGIN_SECRET"):
        if not re.fullmatch(r"\{\{resolve:secretsmanager:\$\{\w+\}:SecretString\}\}", str(variables.get(name, {}).get("Fn::Sub"))):
            yield f"{name} is not read from where it was made"
    if re.search(r"[0-9a-f]{64}", template.text):
        yield "something looks like a secret"
    for name, secret in template.of_type("AWS::SecretsManager::Secret").items():
        if "SecretString" in secret or secret.get("GenerateSecretString", {}).get("PasswordLength") != 64:
            yield f"{name} is not made where it lies, or is not 64 signs long"


@rule
def the_function_gets_the_settings_that_it_reads(template):
    text = source("function/src/settings.rs").split("#[cfg(test)]")[0] + source("function/src/settings/requests.rs")
    known = set(re.findall(r'(?:(?:need|secret|address|read)\(\s*|limit\(&?\w+, )"([A-Z_]+)"', text))
    given = set(template.properties("Function")["Environment"]["Variables"])
    if unknown := given - known - {"RELEASE"}:
        yield f"it reads no {sorted(unknown)}"
    needed = {"TABLE", "KEYS_TABLE", "SECRET", "KMS_KEY", "SENDER", "MAIL", "ENVIRONMENT", "SINK", "SITE_URL", "MAIL_EVENTS", "ORIGIN_SECRET"}
    if missing := needed - given:
        yield f"it lacks {sorted(missing)}"


@rule
def all_calls_go_to_live(template):
    for name, alias, target in (
        ("Schedule", "DeliveryLive", template.properties("Schedule").get("Target", {}).get("Arn")),
        ("ProbeSchedule", "DeliveryLive", template.properties("ProbeSchedule").get("Target", {}).get("Arn")),
        ("MailEventsMayInvoke", "DeliveryLive", template.properties("MailEventsMayInvoke").get("FunctionName")),
        ("ApiMayInvoke", "Live", template.properties("ApiMayInvoke").get("FunctionName")),
    ):
        if target != {"Ref": alias}:
            yield f"{name} goes to {target}, which a rollback does not change"
    if "functions/${Live}/invocations" not in str(template.properties("ApiToFunction").get("Integration", {}).get("Uri")):
        yield "the gateway calls something else than `live`"


@rule
def delivery_has_the_same_program_and_copies_of_its_own(template):
    web, delivery = template.properties("Function"), template.properties("DeliveryFunction")
    own = {"FunctionName", "Description", "Timeout", "ReservedConcurrentExecutions", "DeadLetterConfig"}
    if {name: value for name, value in web.items() if name not in own} != {name: value for name, value in delivery.items() if name not in own}:
        yield "the two functions are not the same program with the same settings"
    if delivery.get("ReservedConcurrentExecutions") != {"Fn::If": ["HasReservedConcurrency", 10, {"Ref": "AWS::NoValue"}]}:
        yield "a flood of web requests takes the copies that deliver"


@rule
def what_failed_for_good_is_kept_and_rings(template):
    queue = {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    for name, found in (
        ("DeliveryFunction", template.properties("DeliveryFunction").get("DeadLetterConfig", {}).get("TargetArn")),
        ("Schedule", template.properties("Schedule").get("Target", {}).get("DeadLetterConfig", {}).get("Arn")),
        ("ProbeSchedule", template.properties("ProbeSchedule").get("Target", {}).get("DeadLetterConfig", {}).get("Arn")),
        ("MailEventsToFunction", template.properties("MailEventsToFunction").get("RedrivePolicy", {}).get("deadLetterTargetArn")),
    ):
        if found != queue:
            yield f"what {name} could not do is nowhere"
    if not 0 < template.properties("DeadLetters").get("MessageRetentionPeriod", 0) <= 4 * 86400:
        yield "addresses stay in the queue for longer than four days"
    watched = [alarm for alarm in template.alarms().values() if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"]
    if [alarm["Threshold"] for alarm in watched] != [1]:
        yield "nobody is told"


@rule
def whoever_is_not_answered_reads_our_page(template):
    page = source("pages/templates/not_received.html")
    if template.data.get("Mappings", {}).get("Pages", {}).get("NotReceived", {}).get("Html") != page:
        yield "the gateway's page is another than the distribution's"
    answers = {answer["ResponseType"]: answer for answer in template.of_type("AWS::ApiGateway::GatewayResponse").values()}
    for kind in ("DEFAULT_4XX", "DEFAULT_5XX"):
        answer = answers.get(kind, {})
        if answer.get("ResponseTemplates") != {"application/json": {"Fn::FindInMap": ["Pages", "NotReceived", "Html"]}} or "StatusCode" in answer:
            yield f"the gateway has words of its own: {kind}"
        if "text/html" not in answer.get("ResponseParameters", {}).get("gatewayresponse.header.Content-Type", ""):
            yield f"the gateway's page is not shown as one: {kind}"
    errors = {each["ErrorCode"]: each for each in template.properties("Distribution")["DistributionConfig"]["CustomErrorResponses"]}
    file = re.search(r'NOT_RECEIVED_FILE: &str = "([^"]+)"', source("pages/src/last_resort.rs"))[1]
    shown = {code: (each.get("ResponseCode"), each["ResponsePagePath"]) for code, each in errors.items() if "ResponsePagePath" in each}
    if shown != {code: (code, f"/{file}") for code in (500, 502, 504)}:
        yield f"the distribution has pages for {shown}: the function answers 403, 404, 429 and 503 itself"
    if any(each["ErrorCachingMinTTL"] > (30 if code == 404 else 0) for code, each in errors.items()):
        yield "an error is kept for longer than it lasts"


@rule
def a_page_of_the_function_comes_before_the_gateway_and_the_distribution_give_up(template):
    answers = int(re.search(r"answer_seconds: (\d+)", source("function/src/settings.rs"))[1])
    gateway = template.properties("ApiToFunction").get("Integration", {}).get("TimeoutInMillis", 0) / 1000
    origin = next(origin for origin in template.properties("Distribution")["DistributionConfig"]["Origins"] if origin["Id"] == "function")
    waits = [answers, gateway, origin["CustomOriginConfig"]["OriginReadTimeout"]]
    if not answers + 5 <= gateway < waits[2] or template.properties("Function")["Timeout"] <= gateway:
        yield f"they wait for {waits} seconds"


@rule
def the_gateway_is_deployed_as_it_is_written(template):
    parts = [template.properties(name) for name in ("Api", "ApiPath", "ApiToFunction", "ApiRefuses", "ApiFails")]
    digest = hashlib.sha256(json.dumps([parts, template.data.get("Mappings", {}).get("Pages")], sort_keys=True).encode()).hexdigest()[:8]
    deployments = list(template.of_type("AWS::ApiGateway::Deployment"))
    wanted = f"ApiDeployment{digest}"
    if deployments != [wanted] or template.properties("ApiStage").get("DeploymentId") != {"Ref": wanted}:
        yield f"rename {deployments} to {wanted}, or the stage answers as before"
    origin = next(origin for origin in template.properties("Distribution")["DistributionConfig"]["Origins"] if origin["Id"] == "function")
    if origin.get("OriginPath") != f"/{template.properties('ApiStage').get('StageName')}":
        yield "the distribution asks another stage"


@rule
def the_schedule_runs_every_minute_and_a_run_has_time(template):
    schedule = template.properties("Schedule")
    if schedule.get("ScheduleExpression") != "rate(1 minute)" or schedule.get("State") != "ENABLED":
        yield f"it is {schedule.get('ScheduleExpression')}, {schedule.get('State')}"
    if template.properties("DeliveryFunction").get("Timeout", 0) <= 90:
        yield "a run of the schedule may take 91 seconds"


@rule
def a_probe_goes_out_every_quarter_to_the_site(template):
    schedule = template.properties("ProbeSchedule")
    if schedule.get("ScheduleExpression") != "rate(15 minutes)" or schedule.get("State") != "ENABLED":
        yield f"it is {schedule.get('ScheduleExpression')}, {schedule.get('State')}"
    asked = re.search(r'is_asked_for\(r#"(\{.*?\})"#', source("function/src/probe/mod.rs"))[1]
    if schedule.get("Target", {}).get("Input") != asked:
        yield f"the function is asked for one by {asked}"
    if schedule.get("GroupName") == template.properties("Schedule").get("GroupName"):
        yield "a probe hides that the other schedule does not run"
    variables = template.properties("Function")["Environment"]["Variables"]
    if variables.get("SITE_URL") != template.data["Outputs"]["SiteUrl"]["Value"] or variables.get("SINK") != {"Ref": "Sink"}:
        yield "it does not go by the site's own address, or not to the sink"


@rule
def a_flood_has_limits(template):
    limits = {(each["ResourcePath"], each["HttpMethod"]): each for each in template.properties("ApiStage").get("MethodSettings", [])}
    everything = limits.get(("/*", "*"), {})
    if not everything.get("ThrottlingRateLimit") or not everything.get("ThrottlingBurstLimit"):
        yield "the gateway has no limit"
    if "ReservedConcurrency" not in str(template.properties("Function").get("ReservedConcurrentExecutions")):
        yield "nothing limits how many copies of the function run"


@rule
def the_site_has_the_headers_of_its_pages(template):
    wanted = dict(re.findall(r'\(\s*"([a-z-]+)",\s*"([^"]+)",?\s*\)', source("pages/src/headers.rs").split("PRIVATE_HEADERS")[0]))
    config = template.properties("Headers").get("ResponseHeadersPolicyConfig", {})
    own, custom = config.get("SecurityHeadersConfig", {}), config.get("CustomHeadersConfig", {}).get("Items", [])
    hsts = own.get("StrictTransportSecurity", {})
    found = {item["Header"]: item["Value"] for item in custom}
    found |= {
        "content-security-policy": own.get("ContentSecurityPolicy", {}).get("ContentSecurityPolicy"),
        "strict-transport-security": f"max-age={hsts.get('AccessControlMaxAgeSec')}{'; includeSubDomains' if hsts.get('IncludeSubdomains') else ''}",
        "x-content-type-options": "nosniff" if "ContentTypeOptions" in own else None,
        "referrer-policy": own.get("ReferrerPolicy", {}).get("ReferrerPolicy"),
    }
    for name in wanted | found:
        if wanted.get(name) != found.get(name):
            yield f"{name} is {found.get(name)!r} and should be {wanted.get(name)!r}"
    if any(item.get("Override") is not False for item in [*own.values(), *custom]):
        yield "the function's own headers are overridden: a receipt's are stricter"
    distribution = template.properties("Distribution")["DistributionConfig"]
    for behaviour in [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]]:
        if behaviour.get("ResponseHeadersPolicyId") != {"Ref": "Headers"}:
            yield f"{behaviour.get('PathPattern', 'pages')} have not the site's headers"


@rule
def the_functions_paths_lead_to_it_and_nothing_of_them_is_kept(template):
    paths = re.search(r"const FUNCTION: \[&str; \d\] = \[([^\]]+)\]", source("local/src/server.rs"))[1]
    wanted = {path + ("*" if path.endswith("/") else "") for path in re.findall(r'"([^"]+)"', paths)}
    behaviours = template.properties("Distribution")["DistributionConfig"]["CacheBehaviors"]
    led = {behaviour["PathPattern"]: behaviour for behaviour in behaviours if behaviour["TargetOriginId"] == "function"}
    if set(led) != wanted:
        yield f"{sorted(led)} lead to the function, and should be {sorted(wanted)}"
    for path, behaviour in led.items():
        if behaviour.get("CachePolicyId") != "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" or "POST" not in behaviour.get("AllowedMethods", []):
            yield f"{path} may be kept, or cannot be posted to"
    headers = set(template.properties("FunctionRequest")["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"])
    if not headers >= {"Origin", "Sec-Fetch-Site", "Referer", "Content-Type", "CloudFront-Viewer-Address"} or "Host" in headers:
        yield f"of a request {sorted(headers)} pass"


@rule
def nobody_reads_the_bucket_but_the_distribution(template):
    block = template.properties("SiteBucket").get("PublicAccessBlockConfiguration", {})
    if len(block) != 4 or not all(value is True for value in block.values()):
        yield "it may be made public"
    allowed = [statement for name, statement in template.statements() if name == "SiteBucketPolicy" and statement["Effect"] == "Allow"]
    if len(allowed) != 1 or allowed[0]["Principal"] != {"Service": "cloudfront.amazonaws.com"} or "aws:SourceArn" not in str(allowed[0].get("Condition")):
        yield "its policy lets others in"
    origins = template.properties("Distribution")["DistributionConfig"]["Origins"]
    if not all(origin.get("OriginAccessControlId") for origin in origins if "S3OriginConfig" in origin):
        yield "the distribution does not sign its requests"


@rule
def logs_end_and_hold_no_address(template):
    for name, group in template.of_type("AWS::Logs::LogGroup").items():
        if not group.get("RetentionInDays") or not group.get("KmsKeyId"):
            yield f"{name} is kept for ever, or in the open"
    stage = template.properties("ApiStage")
    if "AccessLogSetting" in stage or any(each.get("LoggingLevel") or each.get("DataTraceEnabled") for each in stage.get("MethodSettings", [])):
        yield "a log of the gateway's may hold what opens a receipt"
    if "Logging" in template.properties("Distribution")["DistributionConfig"]:
        yield "the distribution's log holds addresses"


@rule
def every_alarm_tells_somebody_and_says_what_to_do(template):
    alarms = template.alarms()
    for name, alarm in alarms.items():
        if not alarm.get("AlarmActions") or alarm.get("ActionsEnabled") is False:
            yield f"{name} tells nobody"
        if alarm.get("TreatMissingData") not in ("breaching", "notBreaching"):
            yield f"{name} does not say what silence means"
        text = alarm.get("AlarmDescription", "")
        if len(text) < 80 or not re.search(r"1\. |See |Look |Call |Is it ", text):
            yield f"{name} does not say what to do"
        if len(text) > 1024:
            yield f"{name} says more than fits"


def metrics():
    """Returns the names of the metrics that the function writes."""
    return set(re.findall(r'Self::\w+ => "([a-z-]+)"', source("function/src/metrics.rs").split("impl Reason")[0]))


@rule
def whatever_the_function_raises_rings(template):
    kinds = re.findall(r'Self::\w+ => "([a-z-]+)"', source("function/src/alarm.rs"))
    filters = {each["FilterPattern"]: each["MetricTransformations"][0] for each in template.of_type("AWS::Logs::MetricFilter").values()}
    rung = {(str(alarm["Namespace"]), alarm["MetricName"]) for alarm in template.alarms().values()}
    for kind in kinds:
        counted = filters.get(f'{{ $.fields.alarm = "{kind}" }}')
        if kind in metrics():
            counted = {"MetricNamespace": {"Fn::Sub": "BestilEnBetjent/${Environment}"}, "MetricName": kind}
        if not counted or (str(counted["MetricNamespace"]), counted["MetricName"]) not in rung:
            yield f"{kind} rings nowhere"


@rule
def an_overdue_call_rings_for_its_kreds(template):
    # A query of several series needs both clauses, so that each series rings by itself.
    if "GROUP BY kreds ORDER BY MAX() DESC" not in str(template.properties("OverdueAlarm").get("Metrics")):
        yield "a second kreds with an overdue call rings nobody"


@rule
def each_thing_is_counted_one_way(template):
    for name, each in template.of_type("AWS::Logs::MetricFilter").items():
        counted = each["MetricTransformations"][0]["MetricName"]
        if counted in metrics() or "fields.refused" in each["FilterPattern"]:
            yield f"{name} counts what the function counts itself"
    for name, alarm in template.alarms().items():
        dimensions = {dimension["Name"] for dimension in alarm.get("Dimensions", [])}
        if "BestilEnBetjent" in str(alarm["Namespace"]) and (alarm["MetricName"] in metrics()) != ("environment" in dimensions):
            yield f"{name} looks at a metric that is not there"


@rule
def the_log_makes_metrics(template):
    if template.properties("FunctionLog").get("LogGroupClass") != "STANDARD":
        yield "a log group of another class makes no metrics of lines"
    logging = template.properties("Function").get("LoggingConfig", {})
    if logging != {"LogFormat": "Text", "LogGroup": {"Ref": "FunctionLog"}}:
        yield f"lines go to {logging}"


@rule
def what_did_not_run_rings(template):
    for name, compares in (("ScheduleMissing", "LessThan"), ("Late", "GreaterThan"), ("ProbeMissing", "LessThan")):
        alarm = template.properties(f"{name}Alarm")
        if alarm.get("TreatMissingData") != "breaching" or not str(alarm.get("ComparisonOperator")).startswith(compares):
            yield f"{name} does not ring when nothing is heard"
