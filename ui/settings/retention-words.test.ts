import { expect, it } from "vitest";
import { daysOf, KEEP_ALL, previewWords, REG_F, rulesWords } from "./retention-words";

it("says rules in a sentence", () => {
  expect(rulesWords(KEEP_ALL)).toBe("Everything is kept until somebody deletes it.");
  expect(rulesWords(REG_F)).toBe(
    "Calls about debts are kept 1096 days from the newest call with the customer, recordings 1096 days; customer service for good.",
  );
  expect(rulesWords({ ...KEEP_ALL, customer_service: { log_days: 1 } })).toBe("Calls about debts are kept for good; customer service 1 day.");
  expect(rulesWords({ ...KEEP_ALL, mask_birth_dates: true })).toBe("Everything is kept until somebody deletes it. Dates of birth are masked.");
});

it("says what would go", () => {
  expect(previewWords({ calls: 1, recordings: 2, held: 1 })).toBe("Now 1 call would go, and 2 recordings of calls that stay. 1 under legal hold stays.");
});

it.each([["", null], [" 30 ", 30], ["0", undefined], ["1.5", undefined], ["a year", undefined], ["99999", undefined]])("reads %j as days", (text, count) => {
  expect(daysOf(text)).toBe(count);
});
