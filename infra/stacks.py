"""Stacks of CloudFormation: the bucket that they are made from, deploying them, and the one that must be in us-east-1."""

import json
import re
import threading

from cloud import INFRA, Trouble, step

NO_CHANGES = re.compile("No changes to deploy|didn't contain changes|No updates are to be performed")


def prepare_bucket(environment, dry):
    """The bucket of what is built and of templates; says whether it is there."""
    bucket = environment.code_bucket
    if environment.aws("s3api", "head-bucket", "--bucket", bucket, may_fail="404|Not Found", parse=False) is not None:
        return True
    if dry:
        return False
    step(f"Making the bucket {bucket}")
    environment.aws("s3api", "create-bucket", "--bucket", bucket, "--create-bucket-configuration", f"LocationConstraint={environment.region}")
    for call, name, value in (
        ("put-public-access-block", "public-access-block-configuration",
         {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}),
        ("put-bucket-versioning", "versioning-configuration", {"Status": "Enabled"}),
        ("put-bucket-encryption", "server-side-encryption-configuration",
         {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}),
    ):
        environment.aws("s3api", call, "--bucket", bucket, f"--{name}", json.dumps(value), parse=False)
    return True


def create_or_update(environment, stack, template, settings, region=None):
    """Deploys a template; says whether anything changed."""
    step(f"Deploying {stack}")
    command = ["cloudformation", "deploy", "--stack-name", stack, "--template-file", str(template),
               "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset", "--parameter-overrides",
               *(f"{name}={value}" for name, value in settings.items())]
    if region is None:
        command[4:4] = ["--s3-bucket", environment.code_bucket, "--s3-prefix", "templates"]
    try:
        said = environment.aws(*command, region=region, parse=False)
    except Trouble as trouble:
        raise Trouble(f"{trouble}\n{failures(environment, stack, region)}") from None
    return not NO_CHANGES.search(said)


def failures(environment, stack, region):
    """Why a deployment failed, in CloudFormation's own words; it has rolled back by itself."""
    events = environment.aws("cloudformation", "describe-stack-events", "--stack-name", stack, region=region, may_fail="does not exist") or {}
    lines = [f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
             for event in events.get("StackEvents", []) if event["ResourceStatus"].endswith("_FAILED")]
    return "\n".join(lines[:10])


def deploy_edge(environment, dry):
    """Certificate and firewall, in us-east-1: CloudFront takes them from nowhere else. Gives their ARNs."""
    stack, region = f"{environment.stack}-edge", "us-east-1"
    if not dry:
        settings = {"Domain": environment["DOMAIN"], "AlarmEmail": environment["ALARM_EMAIL"]}
        ended = threading.Event()
        threading.Thread(target=tell_record, args=(environment, ended), daemon=True).start()
        try:
            create_or_update(environment, stack, INFRA / "us-east-1.yaml", settings, region)
        finally:
            ended.set()
    found = environment.aws("cloudformation", "describe-stacks", "--stack-name", stack, region=region, may_fail="does not exist")
    if not found:
        return {}
    return {output["OutputKey"]: output["OutputValue"] for output in found["Stacks"][0]["Outputs"]}


def tell_record(environment, ended):
    """Says which DNS record the certificate waits for, if it does."""
    while not ended.wait(15):
        waiting = environment.aws("acm", "list-certificates", "--certificate-statuses", "PENDING_VALIDATION", region="us-east-1")
        for certificate in waiting["CertificateSummaryList"]:
            if certificate["DomainName"] != environment["DOMAIN"]:
                continue
            about = environment.aws("acm", "describe-certificate", "--certificate-arn", certificate["CertificateArn"], region="us-east-1")
            for option in about["Certificate"].get("DomainValidationOptions", []):
                if record := option.get("ResourceRecord"):
                    step(f"The certificate waits for this DNS record: {record['Name']} {record['Type']} {record['Value']}")
                    return
