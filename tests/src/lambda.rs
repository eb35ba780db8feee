//! The Lambda's program, built with the journeys so that they can invoke it as the cloud does.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    function::lambda().await
}
