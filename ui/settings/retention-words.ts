import type { KeepFor } from "../lib/bindings/KeepFor";
import type { Retention } from "../lib/bindings/Retention";
import type { RetentionPreview } from "../lib/bindings/RetentionPreview";

/** What Regulation F asks of a debt collector; `calls/src/retention/rules.rs` says where that stands. */
export const REG_F: Retention = { debts: { log_days: 1096, recording_days: 1096 }, customer_service: {}, from_last_call: true, mask_birth_dates: false };

export const KEEP_ALL: Retention = { debts: {}, customer_service: {}, from_last_call: false, mask_birth_dates: false };

const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);

function kindWords({ log_days: log, recording_days: recording }: KeepFor, from: string): string {
  const logs = log === undefined ? "for good" : `${days(log)}${from}`;
  return recording === undefined ? logs : `${logs}, recordings ${days(recording)}`;
}

/** Retention rules in a sentence. */
export function rulesWords({ debts, customer_service: service, from_last_call: last, mask_birth_dates: masked }: Retention): string {
  const kept = [debts, service].flatMap(({ log_days, recording_days }) => [log_days, recording_days]);
  const births = masked ? " Dates of birth are masked." : "";
  if (kept.every((count) => count === undefined)) return `Everything is kept until somebody deletes it.${births}`;
  const from = last ? " from the newest call with the customer" : "";
  return `Calls about debts are kept ${kindWords(debts, from)}; customer service ${kindWords(service, from)}.${births}`;
}

/** What would go now. */
export function previewWords({ calls, recordings, held }: RetentionPreview): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  return `Now ${count(calls, "call")} would go, and ${count(recordings, "recording")} of calls that stay. ${held} under legal hold ${held === 1 ? "stays" : "stay"}.`;
}

/** A field's days: nothing for good, or a whole number; undefined where it is no number of days. */
export function daysOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const count = Number(trimmed);
  return Number.isInteger(count) && count >= 1 && count <= 36_500 ? count : undefined;
}
