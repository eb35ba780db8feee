"""Plays what the emulator lacks of CloudFront: origin groups, an API Gateway as an origin, and error pages. The rest is
the emulator's own.

It follows the distribution's deployed configuration: the behaviour of a path, what of a request passes, the secret for
the origin. Files are fetched through the emulator's CloudFront, with its bucket policy, edge function and headers
policy; for that, the emulator's default behaviour is set to the first origin of its group.
"""

import fnmatch
import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

VISITOR = "192.0.2.77:50000"


class Edge:
    """A distribution that answers on a port of this machine."""

    def __init__(self, aws, endpoint, distribution, account):
        self.aws, self.emulator, self.distribution = aws, urlsplit(endpoint).netloc, distribution
        # The emulator finds a distribution and an API by account, which it takes from a signature.
        self.signature = f"AWS4-HMAC-SHA256 Credential={account}/20261125/eu-central-1/cloudfront/aws4_request, SignedHeaders=host, Signature=0"
        self.config = None
        # Status of the distribution when its origin does not answer; None while it does.
        self.origin_is_gone = None
        self.refresh()
        edge = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("content-length") or 0)
                status, headers, body = edge.ask(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                        self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(b"" if self.command == "HEAD" else body)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = answer

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def refresh(self):
        """Reloads the configuration after a deployment."""
        found = self.aws("cloudfront", "get-distribution", "--id", self.distribution)["Distribution"]
        config = found["DistributionConfig"]
        self.name = found["DomainName"]
        default = config["DefaultCacheBehavior"]["TargetOriginId"]
        if default in [group["Id"] for group in config.get("OriginGroups", {}).get("Items", [])]:
            self.config = config
            group = next(group for group in config["OriginGroups"]["Items"] if group["Id"] == default)
            self.members = [member["OriginId"] for member in group["Members"]["Items"]]
            self.fails_over = group["FailoverCriteria"]["StatusCodes"]["Items"]
            plain = json.loads(json.dumps(config))
            plain["DefaultCacheBehavior"]["TargetOriginId"] = self.members[0]
            plain["OriginGroups"] = {"Quantity": 0}
            etag = self.aws("cloudfront", "get-distribution-config", "--id", self.distribution)["ETag"]
            self.aws("cloudfront", "update-distribution", "--id", self.distribution, "--if-match", etag, "--distribution-config", json.dumps(plain))
        self.policies = {}

    def ask(self, method, path, headers, body):
        status, answered, content = self.ask_origin(method, path, headers, body)
        for error in self.config.get("CustomErrorResponses", {}).get("Items", []):
            if error["ErrorCode"] == status and error.get("ResponsePagePath"):
                found, answered, content = self.ask_emulator("GET", error["ResponsePagePath"], headers)
                return (int(error["ResponseCode"]) if found == 200 else found), answered, content
        return status, answered, content

    def ask_origin(self, method, path, headers, body):
        behaviour = self.behaviour(urlsplit(path).path)
        if method not in behaviour["AllowedMethods"]["Items"]:
            return 403, [], b"This distribution is not configured to allow the HTTP request method."
        if behaviour["TargetOriginId"] == "function":
            return self.ask_function(method, path, headers, body, behaviour)
        status, answered, content = self.ask_emulator(method, path, headers)
        if status in self.fails_over and behaviour["TargetOriginId"] not in self.members and method in ("GET", "HEAD", "OPTIONS"):
            # With the path rewritten like the edge function does.
            file = urlsplit(path).path
            return self.ask_function(method, file + "index.html" if file.endswith("/") else file, {}, b"", behaviour)
        return status, answered, content

    def behaviour(self, path):
        for behaviour in self.config.get("CacheBehaviors", {}).get("Items", []):
            if fnmatch.fnmatchcase(path, behaviour["PathPattern"]):
                return behaviour
        return self.config["DefaultCacheBehavior"]

    def ask_emulator(self, method, path, headers):
        sent = {"Host": self.name, "x-forwarded-proto": "https", "authorization": self.signature, "accept-encoding": headers.get("Accept-Encoding", "")}
        return self.send(method, path, sent, b"")

    def ask_function(self, method, path, headers, body, behaviour):
        origin = next(origin for origin in self.config["Origins"]["Items"] if origin["Id"] == "function")
        if self.origin_is_gone:
            return self.origin_is_gone, [], b"The request could not be satisfied."
        api = origin["DomainName"].split(".")[0]
        passed = {name.lower() for name in self.passed(behaviour.get("OriginRequestPolicyId"))}
        sent = {name: value for name, value in headers.items() if name.lower() in passed}
        if "cloudfront-viewer-address" in passed:
            sent["cloudfront-viewer-address"] = VISITOR
        # A request to this address stands for one to the distribution's name.
        sent = {name: value.replace(self.url, f"https://{self.name}") if name.lower() == "origin" else value for name, value in sent.items()}
        sent["authorization"] = self.signature
        sent |= {header["HeaderName"]: header["HeaderValue"] for header in origin["CustomHeaders"]["Items"]}
        return self.send(method, f"/_aws/execute-api/{api}{origin['OriginPath']}{path}", sent, body)

    def passed(self, policy):
        if policy and policy not in self.policies:
            found = self.aws("cloudfront", "get-origin-request-policy", "--id", policy)["OriginRequestPolicy"]["OriginRequestPolicyConfig"]
            self.policies[policy] = found["HeadersConfig"]["Headers"]["Items"]
        return self.policies.get(policy, [])

    def send(self, method, path, headers, body):
        connection = http.client.HTTPConnection(self.emulator, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
