//! CloudWatch alarms that pause receipts: too many receipts to citizens bounce or are marked as spam.

use super::{Rejected, Report};
use serde::Deserialize;

/// The alarms in `infra/template.yaml`, by the endings of their names.
const OURS: [&str; 2] = ["-receipts-bounce", "-receipts-complaint"];

/// An alarm as CloudWatch writes it ("Amazon SNS notifications" in its user guide).
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Alarm {
    alarm_name: String,
    new_state_value: String,
}

/// Parses the message of an alarm; `None` if it is another message.
pub(super) fn parse(message: &str) -> Option<Result<Report, Rejected>> {
    let alarm: Alarm = serde_json::from_str(message).ok()?;
    let is_ours = OURS.iter().any(|end| alarm.alarm_name.ends_with(end));
    // Receipts pause for a day, whenever the alarm ends: without receipts nothing more bounces.
    let rings = is_ours && alarm.new_state_value == "ALARM";
    Some(if rings { Ok(Report::ReceiptsComeBack) } else { Err(Rejected::Ignored) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_ringing_receipts_alarm_pauses_receipts() {
        let read = |name: &str, state: &str| {
            let alarm =
                json!({ "AlarmName": name, "NewStateValue": state, "OldStateValue": "OK", "Region": "EU (Frankfurt)" });
            parse(&alarm.to_string())
        };
        assert_eq!(read("bestil-test-receipts-bounce", "ALARM"), Some(Ok(Report::ReceiptsComeBack)));
        assert_eq!(read("bestil-test-receipts-complaint", "ALARM"), Some(Ok(Report::ReceiptsComeBack)));
        for (name, state) in [("bestil-test-receipts-bounce", "OK"), ("bestil-test-bounce-rate", "ALARM")] {
            assert_eq!(read(name, state), Some(Err(Rejected::Ignored)), "{name} {state}");
        }
        assert_eq!(parse("{\"eventType\":\"Delivery\"}"), None);
    }
}
