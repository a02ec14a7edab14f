use crate::StoreError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is kept of calls, and how long. By default everything is, for good.
///
/// A call under legal hold stays whatever its age, and so does its recording. What people said of a call goes with its log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export)]
pub struct Retention {
    /// Calls about debts, whoever's.
    pub debts: KeepFor,
    /// Calls that collect nothing.
    pub customer_service: KeepFor,
    /// The days of a log run from the newest call with a customer of the same name, so that no call goes while there is
    /// still activity on the debt; the days of a recording always run from its own call.
    pub from_last_call: bool,
    /// Dates of birth are masked in calls that begin from now on, like card numbers.
    pub mask_birth_dates: bool,
}

/// How long one kind of call is kept, in days after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, optional_fields)]
pub struct KeepFor {
    /// The log: transcript, cues, ledger, notes and review; for good when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_days: Option<u32>,
    /// The recording; as long as the log when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_days: Option<u32>,
}

/// Days of three years with a leap day in them.
const THREE_YEARS: u32 = 3 * 365 + 1;

impl Retention {
    /// What Regulation F asks of a debt collector: records of evidence for or against compliance until three years after the
    /// last collection activity on the debt, and a recording until three years after the call (12 CFR 1006.100(a) and (b)).
    /// The last activity that is known here is the newest call with the customer: whoever sends letters or takes payments
    /// after it has to keep longer.
    pub const REG_F: Self = Self {
        debts: KeepFor { log_days: Some(THREE_YEARS), recording_days: Some(THREE_YEARS) },
        customer_service: KeepFor { log_days: None, recording_days: None },
        from_last_call: true,
        mask_birth_dates: false,
    };

    /// Sees that the rules can be meant.
    ///
    /// # Errors
    /// [`StoreError::Incomplete`] with what is wrong.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        for KeepFor { log_days, recording_days } in [self.debts, self.customer_service] {
            let wrong = match (log_days, recording_days) {
                (Some(0), _) | (_, Some(0)) => "what is kept is kept for a day at least",
                (Some(log), Some(recording)) if recording > log => {
                    "a recording can't be kept longer than its call's log"
                }
                _ => continue,
            };
            return Err(StoreError::Incomplete { what: wrong.to_owned() });
        }
        Ok(())
    }

    /// The rules in a sentence, as the reason of a deletion and in the access log.
    pub fn told(&self) -> String {
        let kind = |KeepFor { log_days, recording_days }: KeepFor, from: &str| {
            let log = log_days.map_or("logs for good".to_owned(), |days| format!("logs {days} days{from}"));
            match recording_days {
                Some(days) => format!("{log}, recordings {days} days"),
                None => log,
            }
        };
        let from = if self.from_last_call { " from the newest call with the customer" } else { "" };
        let births = if self.mask_birth_dates { "; dates of birth masked" } else { "" };
        let (debts, service) = (kind(self.debts, from), kind(self.customer_service, from));
        format!("debts: {debts}; customer service: {service}{births}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn debts(log_days: Option<u32>, recording_days: Option<u32>) -> Retention {
        Retention { debts: KeepFor { log_days, recording_days }, ..Retention::default() }
    }

    #[test]
    fn rules_that_contradict_themselves_are_refused() {
        for (log, recording, fits) in [
            (None, None, true),
            (None, Some(30), true),
            (Some(30), None, true),
            (Some(30), Some(30), true),
            (Some(30), Some(31), false),
            (Some(0), None, false),
            (None, Some(0), false),
        ] {
            assert_eq!(debts(log, recording).check().is_ok(), fits, "{log:?} {recording:?}");
        }
        assert!(Retention::REG_F.check().is_ok());
    }

    #[test]
    fn rules_are_said_in_words() {
        assert_eq!(Retention::default().told(), "debts: logs for good; customer service: logs for good");
        assert_eq!(
            Retention::REG_F.told(),
            "debts: logs 1096 days from the newest call with the customer, recordings 1096 days; \
             customer service: logs for good"
        );
        let masked = Retention { mask_birth_dates: true, ..Retention::default() };
        assert_eq!(
            masked.told(),
            "debts: logs for good; customer service: logs for good; dates of birth masked"
        );
    }
}
