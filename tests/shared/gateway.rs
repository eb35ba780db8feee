//! Events as the cloud sends them to the function.

use serde_json::{Value, json};

/// Builds a web request as API Gateway sends it (payload format 2.0).
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

/// Builds a web request as a REST API of API Gateway sends it (payload format 1.0), with additional headers.
pub(crate) fn rest(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let query: serde_json::Map<String, Value> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let all = [("content-type", "application/x-www-form-urlencoded"), ("host", "bestil-en-betjent.example")];
    let headers: serde_json::Map<String, Value> =
        all.iter().chain(headers).map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    json!({
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": headers.iter().map(|(name, value)| (name.clone(), json!([value]))).collect::<serde_json::Map<_, _>>(),
        "queryStringParameters": query,
        "multiValueQueryStringParameters":
            query.iter().map(|(name, value)| (name.clone(), json!([value]))).collect::<serde_json::Map<_, _>>(),
        "pathParameters": { "proxy": path.trim_start_matches('/') },
        "stageVariables": null,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "bestil-en-betjent.example",
            "httpMethod": method,
            "identity": { "sourceIp": "192.0.2.1", "userAgent": "test" },
            "path": format!("/live{path}"),
            "protocol": "HTTP/1.1",
            "requestId": "id",
            "requestTime": "22/Nov/2026:12:00:00 +0000",
            "requestTimeEpoch": 1_795_000_000_000_u64,
            "resourceId": "resource",
            "resourcePath": "/{proxy+}",
            "stage": "live"
        },
        "body": body,
        "isBase64Encoded": false
    })
}

/// Builds the event of the cloud's schedule.
pub(crate) fn schedule() -> Value {
    json!({ "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {} })
}
