"""Checks before content or a function is put into force, and which files of a site are uploaded, kept and deleted."""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "infra"))
import releases
import site_files
from cloud import INFRA, Trouble


class Function:
    """An environment whose function always gives the same answer, and which records all other calls."""

    name = "test"
    is_production = False
    only_newest_delivers = False

    def __init__(self, answer, error=None):
        self.answer, self.error, self.asked, self.done = answer, error, [], []

    def aws(self, *arguments, **_):
        if arguments[:2] == ("lambda", "invoke"):
            payload = arguments[arguments.index("--payload") + 1]
            self.asked.append((arguments[arguments.index("--qualifier") + 1], json.loads(Path(payload.removeprefix("fileb://")).read_text())))
            Path(arguments[-1]).write_text(self.answer, encoding="utf-8")
            return {"StatusCode": 200, **({"FunctionError": self.error} if self.error else {})}
        if arguments[:2] == ("lambda", "list-versions-by-function"):
            versions = ("$LATEST", "2") if self.only_newest_delivers and "bestil-test-delivery" in arguments else ("$LATEST", "1", "2")
            return {"Versions": [{"Version": version, "LastModified": "2026-11-26T08:00:00", "Description": f"release-{version}"} for version in versions]}
        if arguments[:2] == ("lambda", "get-alias"):
            return {"FunctionVersion": "2"}
        self.done.append(arguments[:2])
        return {}

    def check_account(self):
        pass

    def outputs(self):
        return {"FunctionName": "bestil-test", "DeliveryFunctionName": "bestil-test-delivery", "SiteBucket": "site"}


def script(name):
    loader = importlib.machinery.SourceFileLoader(f"script_{name}", str(INFRA / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class Releases(unittest.TestCase):
    def test_a_version_of_the_function_is_asked_whether_it_reads_a_catalog(self):
        environment = Function('{"catalog":"0123456789abcdef","reads":true}')
        self.assertIs(releases.reads(environment, "bestil-test", "live", "0123456789abcdef"), True)
        self.assertIs(releases.reads(environment, "bestil-test", "7"), True)
        self.assertEqual(environment.asked, [("live", {"task": "read", "catalog": "0123456789abcdef"}), ("7", {"task": "read"})])

    def test_an_answer_is_yes_no_or_unknown(self):
        for answer, catalog, means in (
            ('{"catalog":"0123456789abcdef","reads":false}', "0123456789abcdef", False),
            ('{"catalog":"0123456789abcdef","reads":false}', None, False),
            # Nothing is published yet.
            ('{"catalog":null,"reads":false}', None, True),
            ('{"catalog":null,"reads":false}', "not-kept", False),
            # A release that takes any event for the schedule.
            ('"Sweep { sent: 0 }"', None, None),
            ("Sweep { sent: 0 }", None, None),
        ):
            self.assertIs(releases.reads(Function(answer), "bestil-test", "live", catalog), means, answer)

    def test_a_failing_function_is_an_error_and_not_unknown(self):
        with self.assertRaisesRegex(Trouble, "could not be asked.*Unhandled"):
            releases.reads(Function('{"errorType":"Unhandled"}', "Unhandled"), "bestil-test", "live")

    def test_content_that_the_function_cannot_read_is_not_put_into_force(self):
        publish = script("publish")
        refused = Function('{"catalog":"0123456789abcdef","reads":false}')
        with self.assertRaisesRegex(Trouble, "(?s)Nothing was put into force.*infra/deploy test"):
            publish.refuse_what_is_not_read(refused, refused.outputs(), "0123456789abcdef")
        self.assertEqual(refused.asked[0][0], "live")
        for answer in ('{"catalog":"0123456789abcdef","reads":true}', "Sweep"):
            with contextlib.redirect_stdout(io.StringIO()):
                publish.refuse_what_is_not_read(Function(answer), refused.outputs(), "0123456789abcdef")

    def test_no_rollback_to_a_version_that_cannot_read_the_current_content(self):
        rollback = script("rollback")
        arguments = type("Arguments", (), {"to": None, "list": False, "dry_run": False})
        for answer, why in (
            ('{"catalog":"0123456789abcdef","payloads":["1.0","2.0"],"reads":false}', "cannot read"),
            # Releases from before the REST API, which would turn every page into a gateway error.
            ('{"catalog":"0123456789abcdef","reads":true}', "does not understand"),
            ("Sweep", "does not understand"),
        ):
            refused = Function(answer)
            with self.assertRaisesRegex(Trouble, f"(?s)Version 1 {why}.*Nothing was done"):
                rollback.rollback(refused, arguments)
            self.assertEqual((refused.asked, refused.done), ([("1", {"task": "read"})], []))
        done = Function('{"catalog":"0123456789abcdef","payloads":["1.0","2.0"],"reads":true}')
        with contextlib.redirect_stdout(io.StringIO()) as said:
            rollback.rollback(done, arguments)
        # Both functions move to the same release; one without that version stays.
        self.assertEqual(done.done, [("lambda", "update-alias"), ("lambda", "update-alias")])
        self.assertIn("`live` of bestil-test-delivery points to version 1", said.getvalue())
        done.only_newest_delivers = True
        done.done.clear()
        with contextlib.redirect_stdout(io.StringIO()) as said:
            rollback.rollback(done, arguments)
        self.assertEqual(done.done, [("lambda", "update-alias")])
        self.assertIn("stays as it is", said.getvalue())


class SiteFiles(unittest.TestCase):
    def test_assets_are_uploaded_before_pages_and_never_deleted(self):
        files = {key: (Path(key), "new") for key in ("index.html", "assets/site-2222222222.css", "robots.txt", "fyn/index.html")}
        present = {"index.html": "old", "robots.txt": "new", "assets/site-1111111111.css": "old", "gone/index.html": "old"}
        changed, gone = site_files.difference(files, present)
        self.assertEqual(changed, ["assets/site-2222222222.css", "fyn/index.html", "index.html"])
        self.assertEqual(gone, ["gone/index.html"])
        picture = "billeder/cykel-0123456789ab-960.jpg"
        self.assertEqual(site_files.headers(picture), ("image/jpeg", site_files.FOREVER))
        self.assertEqual(site_files.headers("billeder/cykel-0123456789ab-960.png"), ("image/png", site_files.FOREVER))
        self.assertEqual(site_files.rank(picture), 0, "it is there before a page shows it")
        self.assertIn(picture, site_files.difference(files, {picture: "x"})[1], "a picture that no page shows is deleted")
        self.assertEqual(site_files.paths([picture]), [f"/{picture}"], "and so are its copies")
        self.assertEqual(site_files.headers("billeder/cykel.png")[1], site_files.SHORT)
        self.assertEqual(site_files.difference(files, {key: digest for key, (_, digest) in files.items()}), ([], []))


if __name__ == "__main__":
    unittest.main()
