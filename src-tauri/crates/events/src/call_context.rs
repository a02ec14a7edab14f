use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose debt it is, which decides the duties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Mode {
    /// An agency collects for somebody else: the FDCPA and Regulation F apply.
    #[default]
    ThirdParty,
    /// The creditor calls its own customer.
    FirstParty,
    /// A call that collects nothing.
    CustomerService,
}

/// Who called whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Direction {
    /// The customer called.
    Inbound,
    /// The agent called.
    #[default]
    Outbound,
}

/// Whether this is the first communication about the debt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Communication {
    /// The first one: the long disclosure is due.
    #[default]
    Initial,
    /// A later one: the short disclosure is due.
    Subsequent,
}

/// How much coaching an agent wants to see; what is legal or about safety everybody sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Level {
    /// In the first weeks.
    New,
    /// Knows the work.
    #[default]
    Steady,
    /// Has done it for years.
    Expert,
}

/// A time of day to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(export, type = "string")]
pub struct ClockTime {
    minutes: u16,
}

impl TryFrom<String> for ClockTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fault = || format!("`{text}` is no time of day: write 08:00");
        let (hours, minutes) = text.split_once(':').ok_or_else(fault)?;
        let (hours, minutes): (u16, u16) =
            (hours.parse().map_err(|_| fault())?, minutes.parse().map_err(|_| fault())?);
        if hours > 24 || minutes > 59 {
            return Err(fault());
        }
        Ok(Self { minutes: hours * 60 + minutes })
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        format!("{:02}:{:02}", time.minutes / 60, time.minutes % 60)
    }
}

/// What is known before the call.
///
/// Every field has a default, chosen so that the stricter duty applies when nothing is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct CallContext {
    /// Third party, first party or no collection at all.
    pub mode: Mode,
    /// Who called whom.
    pub direction: Direction,
    /// First or later communication.
    pub communication: Communication,
    /// Where the customer is: `US-TX`, `UK`; empty when unknown.
    pub jurisdiction: String,
    /// Whether the call is recorded, so that the recording notice is due.
    pub recording: bool,
    /// The agency's name as it is spoken.
    pub agency: String,
    /// The creditor's name as it is spoken.
    pub creditor: String,
    /// What kind of debt, for example `auto loan`.
    pub debt_type: String,
    /// The balance in the account's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// The name of the person the agent wants to reach.
    pub customer_name: String,
    /// The debt is too old to sue on.
    pub time_barred: bool,
    /// The 30-day validation period is running.
    pub in_validation_period: bool,
    /// The creditor authorised legal action; false by default.
    pub legal_authorised: bool,
    /// The agreement or law authorises fees; false by default.
    pub fees_authorised: bool,
    /// How much coaching the agent wants to see.
    pub level: Level,
    /// The time of day where the customer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_time: Option<ClockTime>,
    /// Calls to this person about this debt in the last seven days, before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls_in_7_days: Option<u32>,
    /// Days since the last conversation with this person about this debt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_since_conversation: Option<u32>,
    /// The customer has asked for this call.
    pub prior_consent: bool,
}

impl Default for CallContext {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            direction: Direction::default(),
            communication: Communication::default(),
            jurisdiction: String::new(),
            recording: true,
            agency: String::new(),
            creditor: String::new(),
            debt_type: String::new(),
            amount: None,
            customer_name: String::new(),
            time_barred: false,
            in_validation_period: false,
            legal_authorised: false,
            fees_authorised: false,
            level: Level::default(),
            local_time: None,
            calls_in_7_days: None,
            days_since_conversation: None,
            prior_consent: false,
        }
    }
}

/// A call context that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextError {
    /// Which part: a key, or `key=value` as it was given.
    pub part: String,
    /// What is wrong with it.
    pub fault: String,
}

impl std::fmt::Display for ContextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "call context: `{}`: {}", self.part, self.fault)
    }
}

impl std::error::Error for ContextError {}

const KEYS: &str = "mode, direction, communication, jurisdiction, recording, agency, creditor, debt_type, amount, \
                    customer_name, time_barred, in_validation_period, legal_authorised, fees_authorised, level, \
                    local_time, calls_in_7_days, days_since_conversation, prior_consent";

impl CallContext {
    /// Reads `key=value` pairs separated by commas, for example `mode=third_party,amount=1840`.
    ///
    /// # Errors
    /// Names the pair that is not of that form, the key that does not exist or the value that does not fit it.
    pub fn from_pairs(pairs: &str) -> Result<Self, ContextError> {
        let pairs = pairs.split(',').map(str::trim).filter(|p| !p.is_empty()).map(|pair| {
            let fault = || ContextError { part: pair.to_owned(), fault: "expected key=value".to_owned() };
            pair.split_once('=').ok_or_else(fault)
        });
        let pairs: Vec<(&str, &str)> = pairs.collect::<Result<_, _>>()?;
        Self::from_keys(pairs.into_iter())
    }

    /// Reads keys with their values; a value may hold any sign. Of a key that comes twice the last value counts.
    ///
    /// # Errors
    /// Names the key that does not exist or the value that does not fit it.
    pub fn from_keys<'a>(keys: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, ContextError> {
        let mut context = Self::default();
        for (key, value) in keys {
            let (key, value) = (key.trim(), value.trim());
            context
                .set(key, value)
                .map_err(|fault| ContextError { part: format!("{key}={value}"), fault })?;
        }
        Ok(context)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let yes_no = || match value {
            "true" | "yes" | "on" => Ok(true),
            "false" | "no" | "off" => Ok(false),
            _ => Err("expected true or false".to_owned()),
        };
        let whole = || value.parse::<u32>().map_err(|_| "expected a whole number".to_owned());
        match key {
            "mode" => {
                self.mode = match value {
                    "third_party" => Mode::ThirdParty,
                    "first_party" => Mode::FirstParty,
                    "customer_service" => Mode::CustomerService,
                    _ => return Err("expected third_party, first_party or customer_service".into()),
                }
            }
            "direction" => {
                self.direction = match value {
                    "inbound" => Direction::Inbound,
                    "outbound" => Direction::Outbound,
                    _ => return Err("expected inbound or outbound".into()),
                }
            }
            "communication" => {
                self.communication = match value {
                    "initial" => Communication::Initial,
                    "subsequent" => Communication::Subsequent,
                    _ => return Err("expected initial or subsequent".into()),
                }
            }
            "amount" => {
                let amount = value.parse().ok().filter(|amount: &f64| amount.is_finite() && *amount >= 0.0);
                self.amount = Some(amount.ok_or("expected a number, 0 or more")?);
            }
            "level" => {
                self.level = match value {
                    "new" => Level::New,
                    "steady" => Level::Steady,
                    "expert" => Level::Expert,
                    _ => return Err("expected new, steady or expert".into()),
                }
            }
            "local_time" => self.local_time = Some(value.to_owned().try_into()?),
            "calls_in_7_days" => self.calls_in_7_days = Some(whole()?),
            "days_since_conversation" => self.days_since_conversation = Some(whole()?),
            "prior_consent" => self.prior_consent = yes_no()?,
            "jurisdiction" => self.jurisdiction = value.into(),
            "agency" => self.agency = value.into(),
            "creditor" => self.creditor = value.into(),
            "debt_type" => self.debt_type = value.into(),
            "customer_name" => self.customer_name = value.into(),
            "recording" => self.recording = yes_no()?,
            "time_barred" => self.time_barred = yes_no()?,
            "in_validation_period" => self.in_validation_period = yes_no()?,
            "legal_authorised" => self.legal_authorised = yes_no()?,
            "fees_authorised" => self.fees_authorised = yes_no()?,
            _ => return Err(format!("no such key; the keys are {KEYS}")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_set_their_keys() {
        let context =
            CallContext::from_pairs("mode=first_party, communication=subsequent,amount=140,recording=no");
        let context = context.unwrap();
        assert_eq!(context.mode, Mode::FirstParty);
        assert_eq!(context.communication, Communication::Subsequent);
        assert_eq!(context.amount, Some(140.0));
        assert!(!context.recording);
    }

    #[test]
    fn keys_may_have_values_with_any_sign() {
        let keys = [("creditor", "Harbor, Lane = Co"), ("amount", "1"), ("amount", "2")];
        let context = CallContext::from_keys(keys.into_iter()).unwrap();
        assert_eq!((context.creditor.as_str(), context.amount), ("Harbor, Lane = Co", Some(2.0)));
        assert_eq!(CallContext::from_keys([("colour", "red")].into_iter()).unwrap_err().part, "colour=red");
    }

    #[test]
    fn faults_name_their_part() {
        for (pairs, part) in [
            ("mode=fourth_party", "mode=fourth_party"),
            ("amount=1840,colour=red", "colour=red"),
            ("recording", "recording"),
            ("amount=lots", "amount=lots"),
            ("amount=NaN", "amount=NaN"),
            ("local_time=late", "local_time=late"),
            ("level=boss", "level=boss"),
            ("calls_in_7_days=many", "calls_in_7_days=many"),
        ] {
            assert_eq!(CallContext::from_pairs(pairs).unwrap_err().part, part);
        }
    }
}
