//! Events as the cloud hands them to the function.

use serde_json::{Value, json};

/// A web request as API Gateway hands it over (payload format 2.0).
pub(crate) fn web(method: &str, path: &str, body: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": { "content-type": "application/x-www-form-urlencoded", "host": "bestil-en-betjent.example" },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "bestil-en-betjent.example",
            "domainPrefix": "api",
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test" },
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "22/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1_795_000_000_000_u64
        },
        "body": body,
        "isBase64Encoded": false
    })
}
