import { describe, expect, it } from "vitest";
import { dayIn, dayText, dayWords, paymentPlan, type PlanTerms, type Rhythm } from "./payment-plan";

const day = (text: string) => dayIn(text) ?? { year: 0, month: 0, day: 0 };

const terms = (more: Partial<PlanTerms>): PlanTerms => ({ balance: 184000, down: 0, instalments: { count: 4 }, first: day("2026-12-04"), rhythm: "monthly", ...more });

function planned(more: Partial<PlanTerms>) {
  const plan = paymentPlan(terms(more));
  if (typeof plan === "string") throw new Error(plan);
  return plan;
}

const sums = (more: Partial<PlanTerms>) => planned(more).payments.map(({ cents }) => cents);
const days = (rhythm: Rhythm, first: string, count: number) =>
  planned({ rhythm, first: day(first), instalments: { count } }).payments.map((payment) => dayText(payment.day));

describe("sums", () => {
  it.each([
    ["are equal where they can be", { balance: 40000, instalments: { count: 4 } }, [10000, 10000, 10000, 10000]],
    ["leave the remainder to the last", { balance: 10000, instalments: { count: 3 } }, [3333, 3333, 3334]],
    ["end with what is left of a round instalment", { balance: 25000, instalments: { cents: 6000 } }, [6000, 6000, 6000, 6000, 1000]],
    ["come out even", { balance: 24000, instalments: { cents: 6000 } }, [6000, 6000, 6000, 6000]],
    ["are one where the instalment is more than is left", { balance: 5000, instalments: { cents: 6000 } }, [5000]],
    ["come after the down payment", { balance: 61200, down: 20000, instalments: { count: 2 } }, [20600, 20600]],
    ["go down to a cent", { balance: 7, instalments: { count: 7 } }, [1, 1, 1, 1, 1, 1, 1]],
  ])("%s", (_, more, cents) => {
    expect(sums(more)).toEqual(cents);
  });

  it("come to the balance, to the cent, whatever is asked", () => {
    for (let i = 1; i <= 400; i += 1) {
      const [balance, down] = [i * 997 + 13, i * 31];
      const asked = i % 2 ? { count: 1 + (i % 37) } : { cents: 500 + i * 7 };
      const { payments } = planned({ balance, down, instalments: asked });
      expect(down + payments.reduce((sum, { cents }) => sum + cents, 0)).toBe(balance);
      expect(Math.min(...payments.map(({ cents }) => cents))).toBeGreaterThan(0);
    }
  });

  it.each([
    ["down_too_large", { balance: 100, down: 101 }],
    ["nothing_left", { balance: 100, down: 100 }],
    ["too_many", { balance: 184000, instalments: { cents: 100 } }],
    ["too_small", { balance: 3, instalments: { count: 4 } }],
    ["too_small", { instalments: { cents: 0 } }],
    ["too_small", { instalments: { count: 0 } }],
  ])("can't be reckoned: %s", (fault, more) => {
    expect(paymentPlan(terms(more))).toBe(fault);
  });
});

describe("days", () => {
  it.each([
    ["weekly", "2026-12-25", ["2026-12-25", "2027-01-01", "2027-01-08"]],
    ["biweekly", "2028-02-18", ["2028-02-18", "2028-03-03", "2028-03-17"]],
    ["monthly", "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]],
    ["monthly", "2028-01-31", ["2028-01-31", "2028-02-29", "2028-03-31"]],
    ["monthly", "2027-02-28", ["2027-02-28", "2027-03-28"]],
    ["monthly", "2026-11-30", ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]],
    ["monthly", "2028-02-29", ["2028-02-29", "2028-03-29"]],
  ] as const)("%s from %s", (rhythm, first, expected) => {
    expect(days(rhythm, first, expected.length)).toEqual(expected);
  });

  it.each([
    ["2026-02-29", null],
    ["2028-02-29", { year: 2028, month: 2, day: 29 }],
    ["2026-4-9", { year: 2026, month: 4, day: 9 }],
    ["2026-13-01", null],
    ["2026-00-10", null],
    ["0026-01-10", null],
    ["next Friday", null],
    ["", null],
  ])("reads %s", (typed, read) => {
    expect(dayIn(typed)).toEqual(read);
  });

  it("are said with their weekday", () => {
    expect(dayWords(day("2026-12-04"))).toBe("Friday, December 4");
  });
});
