import { describe, expect, it } from "vitest";
import type { Board } from "../lib/bindings/Board";
import { context } from "../test/scripted-backend";
import { planForm, planOf, readBack, type PlanForm } from "./plan-form";

const today = { year: 2026, month: 11, day: 22 };
const form: PlanForm = { balance: "1,840.00", down: "", by: "amount", amount: "60", count: "", first: "2026-12-04", rhythm: "biweekly" };
const evidence = { utterance: 1, start: 0, end: 1, quote: "" };
const board: Board = { at: 9, stage: "agreement", on_the_line: "verified", payment_stopped: false, clues: [], facts: [], commitments: [] };

describe("what is known before", () => {
  const amount = (value: number, utterance: number): Board["facts"][number] => ({ kind: "amount", lane: "customer", value, evidence: { ...evidence, utterance } });
  const clues = [{ cue: "clue.can_pay", evidence: { ...evidence, utterance: 5 }, picked_up: false }];

  it("is the balance and the sum that the customer offered", () => {
    const facts = [amount(40, 3), amount(62.5, 5), amount(3, 9)];
    expect(planForm({ ...context, amount: 1840 }, { ...board, facts, clues })).toMatchObject({ balance: "1,840.00", amount: "62.50" });
    expect(planForm({ ...context, amount: 1840 }, { ...board, facts })).toMatchObject({ amount: "" });
    const commitments = [{ amount: 80, evidence, read_back: false }];
    expect(planForm({ ...context, amount: 1840 }, { ...board, facts, clues, commitments })).toMatchObject({ amount: "80.00" });
  });

  it("is no sum that could not be an instalment, and nothing where nothing is known", () => {
    expect(planForm({ ...context, amount: 1840 }, { ...board, facts: [amount(1840, 5)], clues })).toMatchObject({ amount: "" });
    expect(planForm(null, null)).toMatchObject({ balance: "", amount: "", first: "" });
  });
});

describe("what is typed", () => {
  it("makes a plan once all of it is there", () => {
    expect(planOf({ ...form, first: "" }, today)).toEqual({ plan: null, faults: {} });
    expect(planOf(form, today).plan?.payments).toHaveLength(31);
    expect(planOf({ ...form, by: "count", count: "12" }, today).plan?.payments).toHaveLength(12);
  });

  it.each([
    ["balance", { balance: "lots" }, "sum"],
    ["balance", { balance: "0" }, "sum"],
    ["down", { down: "1,9" }, "sum"],
    ["down", { down: "2000" }, "more than the balance"],
    ["down", { down: "1840" }, "whole balance"],
    ["amount", { amount: "-4" }, "sum"],
    ["amount", { amount: "1" }, "more than 240"],
    ["count", { by: "count", count: "2.5" }, "whole number"],
    ["count", { by: "count", count: "0" }, "whole number"],
    ["count", { by: "count", count: "900" }, "more than 240"],
    ["first", { first: "2026-02-30" }, "day such as"],
    ["first", { first: "2026-11-21" }, "over"],
  ] as const)("is told in place where %s can't be meant (%#)", (field, more, words) => {
    const { plan, faults } = planOf({ ...form, ...more }, today);
    expect(plan).toBeNull();
    expect(faults[field]).toContain(words);
  });

  it("may begin today", () => {
    expect(planOf({ ...form, first: "2026-11-22" }, today).plan).not.toBeNull();
  });
});

describe("what is read back", () => {
  const back = (more: Partial<PlanForm>) => {
    const { plan } = planOf({ ...form, ...more }, today);
    return plan ? readBack(plan, form.rhythm, "US-TX") : "";
  };

  it.each([
    [{ balance: "240" }, "So that's 4 payments of $60.00 every two weeks, from Friday, December 4 to Friday, January 15: $240.00 altogether. Does that sound right to you?"],
    [
      { balance: "350", down: "100" },
      "So that's $100.00 today, then 4 payments of $60.00 every two weeks, from Friday, December 4, then a last one of $10.00 on Friday, January 29: $350.00 altogether. Does that sound right to you?",
    ],
    [{ balance: "50" }, "So that's one payment of $50.00 on Friday, December 4: $50.00 altogether. Does that sound right to you?"],
    [{ balance: "100" }, "So that's $60.00 on Friday, December 4, then a last one of $40.00 on Friday, December 18: $100.00 altogether. Does that sound right to you?"],
  ])("%o", (more, sentence) => {
    expect(back(more)).toBe(sentence);
  });
});
