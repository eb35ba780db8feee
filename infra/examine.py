"""What mail and alarms depend on outside the stack: DNS, the account's SES, quotas, subscriptions, the clock."""

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from dns_lookup import lookup
from findings import Findings

# What a day of one kreds needs at the very least, and what runs beside it.
LEAST_A_DAY = 1000
LEAST_AT_ONCE = 100
# What infra/template.yaml reserves for the function that delivers.
DELIVERY_COPIES = 10
LARGEST_SKEW = 60


def examine(environment, found=None):
    """All that is found; printed as it is found."""
    found = found or Findings()
    outputs = environment.outputs()
    sender = environment["SENDER"].split("@")[1]
    account = environment.aws("sesv2", "get-account")
    found.check(account.get("SendingEnabled", False), "SES sends mail", "SES has stopped sending: see the account's page 'Reputation metrics' in the SES console")
    in_production = account.get("ProductionAccessEnabled", False)
    found.check(in_production or not environment.is_production, "SES is out of its sandbox" if in_production else "SES is in its sandbox, which is enough here",
                "SES is in its sandbox: it mails nobody but verified addresses. Ask for production access: aws sesv2 put-account-details --production-access-enabled …")
    quota = account.get("SendQuota", {})
    a_day, sent = quota.get("Max24HourSend", 0), quota.get("SentLast24Hours", 0)
    if environment.is_production:
        share = 0 if environment["RECEIPTS"] == "off" else int(environment["RECEIPTS"])
        found.check(a_day < 0 or a_day >= share + LEAST_A_DAY, f"{share} of {a_day:.0f} mails a day may be receipts",
                    f"SES lets {a_day:.0f} mails go a day, and RECEIPTS={share} of them leaves the police less than {LEAST_A_DAY}: set RECEIPTS lower, or ask for more in Service Quotas")
        found.check(environment["POLICE_DOMAINS"], f"Mail to the police goes to {environment['POLICE_DOMAINS']} alone",
                    "POLICE_DOMAINS is not set: content decides alone where mail to the police goes. Name its domains in the settings, infra/deploy")
        found.check(a_day < 0 or a_day - sent >= LEAST_A_DAY, f"SES lets {a_day:.0f} mails go a day, and {sent:.0f} went",
                    f"SES lets {a_day:.0f} mails go a day, and {sent:.0f} went: ask for more in Service Quotas")
    receipts = environment.receipt_sender.split("@")[1]
    for domain in (sender, receipts):
        identity(environment, found, domain)
    if not environment.is_production and not in_production:
        sink = environment.aws("sesv2", "get-email-identity", "--email-identity", environment["SINK"], may_fail="NotFound")
        found.check(sink and sink["VerifiedForSendingStatus"], f"{environment['SINK']} has agreed to get mail",
                    f"{environment['SINK']} has not agreed to get mail: follow the link in the mail that AWS sent it")
    for domain in (sender, receipts):
        dns(found, domain)
    subscriptions(environment, found, outputs)
    limit = environment.aws("lambda", "get-account-settings").get("AccountLimit", {}).get("ConcurrentExecutions", 0)
    wanted = int(environment["RESERVED_CONCURRENCY"])
    needed = wanted + DELIVERY_COPIES + LEAST_AT_ONCE
    found.check(limit >= needed or wanted == 0, f"The account may run {limit} functions at once",
                f"The account may run {limit} functions at once; {wanted} and {DELIVERY_COPIES} are reserved here, and AWS wants {LEAST_AT_ONCE} left over: "
                "ask for more in Service Quotas, or set RESERVED_CONCURRENCY=0 until you have it")
    if environment.is_production and wanted == 0:
        found.wrong(f"RESERVED_CONCURRENCY=0: a flood of web requests can keep mail to the police. Set it once the account may run {DELIVERY_COPIES + LEAST_AT_ONCE + 1} functions or more")
    clock(environment, found)
    return found


def identity(environment, found, sender):
    known = environment.aws("sesv2", "get-email-identity", "--email-identity", sender, may_fail="NotFound")
    if not known:
        found.wrong(f"{sender} is no identity of SES here: infra/deploy makes it")
        return
    found.check(known["VerifiedForSendingStatus"], f"{sender} is verified", f"{sender} is not verified yet: the DKIM records below must be there")
    tokens = known.get("DkimAttributes", {}).get("Tokens", [])
    missing = [token for token in tokens if f"{token}.dkim.amazonses.com" not in lookup(f"{token}._domainkey.{sender}", "CNAME")]
    found.check(tokens and not missing, f"DKIM: {len(tokens)} records", "DKIM: SES has made no key yet, look again in a minute" if not tokens else
                "DKIM: make these records\n" + "\n".join(f"      {token}._domainkey.{sender} CNAME {token}.dkim.amazonses.com" for token in missing))
    mail_from = known.get("MailFromAttributes", {}).get("MailFromDomain") or f"mail.{sender}"
    server = f"feedback-smtp.{environment.region}.amazonses.com"
    found.check(server in lookup(mail_from, "MX"), f"Mail comes from {mail_from}", f"Make this record: {mail_from} MX 10 {server}")
    spf = [text for text in lookup(mail_from, "TXT") if text.startswith("v=spf1 ")]
    found.check(len(spf) == 1 and "include:amazonses.com" in spf[0].split(), f"SPF of {mail_from}",
                f"Make this record, and no other that begins with v=spf1: {mail_from} TXT \"v=spf1 include:amazonses.com -all\"")


def dns(found, sender):
    policies = [text for text in lookup(f"_dmarc.{sender}", "TXT") if text.startswith("v=DMARC1")]
    if not policies:
        parent = sender.split(".", 1)[1]
        policies = [text for text in lookup(f"_dmarc.{parent}", "TXT") if text.startswith("v=DMARC1")] if "." in parent else []
    tags = dict(part.strip().split("=", 1) for part in policies[0].split(";") if "=" in part) if len(policies) == 1 else {}
    found.check(tags.get("p") in ("quarantine", "reject"), f"DMARC: p={tags.get('p')}",
                f"Make this record, and no other: _dmarc.{sender} TXT \"v=DMARC1; p=reject\" "
                "(begin with p=none and look at the reports, if others send from this domain)")


def subscriptions(environment, found, outputs):
    listed = environment.aws("sns", "list-subscriptions-by-topic", "--topic-arn", outputs["Ops"])["Subscriptions"]
    mails = [entry for entry in listed if entry["Protocol"] == "email"]
    waiting = [entry["Endpoint"] for entry in mails if not entry["SubscriptionArn"].startswith("arn:")]
    found.check(mails and not waiting, f"Alarms reach {', '.join(entry['Endpoint'] for entry in mails)}",
                f"Alarms do not reach {', '.join(waiting) or 'anybody'}: follow the link in the mail that AWS sent"
                if not mails or waiting else "")


def clock(environment, found):
    """A request that is signed at the wrong time is refused, and deadlines would be wrong."""
    try:
        with urlopen(environment.endpoint("sts"), timeout=5) as answer:
            date = answer.headers["date"]
    except HTTPError as error:
        date = error.headers["date"]
    except (URLError, OSError):
        date = None
    if not date:
        found.wrong("AWS's clock cannot be asked")
        return
    skew = abs((datetime.now(timezone.utc) - parsedate_to_datetime(date)).total_seconds())
    found.check(skew <= LARGEST_SKEW, "This machine's clock is right", f"This machine's clock is {skew:.0f} seconds off: set it by NTP")
