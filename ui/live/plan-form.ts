import type { Board } from "../lib/bindings/Board";
import type { CallContext } from "../lib/bindings/CallContext";
import { centsIn, centsOf, money, sumOf } from "./money";
import { dayIn, dayText, dayWords, MOST_PAYMENTS, paymentPlan, type Day, type PaymentPlan, type Rhythm } from "./payment-plan";

/** A plan as it is being typed. */
export type PlanForm = {
  balance: string;
  down: string;
  /** Which of the next two counts. */
  by: "amount" | "count";
  amount: string;
  count: string;
  first: string;
  rhythm: Rhythm;
};

/** What can't be meant, by the field that it stands in. */
export type PlanFaults = Partial<Record<"balance" | "down" | "amount" | "count" | "first", string>>;

export const RHYTHMS: Record<Rhythm, string> = { weekly: "Weekly", biweekly: "Every two weeks", monthly: "Monthly" };

/** Clues in whose words a sum is what the customer can pay, and not the price or the weight of something. */
const OFFERS = new Set(["clue.can_pay", "clue.promise"]);

/** What is known of a plan before anything is typed: the balance, and the sum that the customer offered last. */
export function planForm(context: CallContext | null, board: Board | null): PlanForm {
  const balance = context?.amount === undefined ? null : centsIn(context.amount);
  const promised = board?.commitments.findLast(({ amount }) => amount !== undefined)?.amount;
  const offers = new Set(board?.clues.filter(({ cue }) => OFFERS.has(cue)).map(({ evidence }) => evidence.utterance));
  const named = board?.facts.findLast(({ kind, value, evidence }) => kind === "amount" && value !== undefined && offers.has(evidence.utterance))?.value;
  const heard = promised ?? named;
  const instalment = heard !== undefined && (balance === null || centsIn(heard) < balance) ? sumOf(centsIn(heard)) : "";
  return { balance: balance === null ? "" : sumOf(balance), down: "", by: "amount", amount: instalment, count: "", first: "", rhythm: "biweekly" };
}

/** The plan that the form describes, or what is wrong; a field that is still empty is not a fault. */
export function planOf(form: PlanForm, today: Day): { plan: PaymentPlan | null; faults: PlanFaults } {
  const faults: PlanFaults = {};
  const empty = (typed: string) => typed.trim() === "";
  const sum = (field: "balance" | "down" | "amount") => {
    const cents = centsOf(form[field]);
    if (!empty(form[field]) && (cents === null || (cents === 0 && field !== "down"))) faults[field] = "Write a sum such as 60 or 1,840.50.";
    return cents;
  };
  const balance = sum("balance");
  const down = empty(form.down) ? 0 : sum("down");
  const first = dayIn(form.first);
  if (!empty(form.first) && !first) faults.first = "Write a day such as 2026-12-04.";
  else if (first && dayText(first) < dayText(today)) faults.first = "This day is over.";

  const count = /^\d{1,4}$/.test(form.count.trim()) ? Number(form.count) : null;
  const cents = form.by === "amount" ? sum("amount") : null;
  if (form.by === "count" && !empty(form.count) && !count) faults.count = "Write a whole number, such as 12.";
  const instalments = form.by === "count" ? (count ? { count } : null) : cents ? { cents } : null;

  if (Object.keys(faults).length > 0 || !balance || down === null || !first || !instalments) return { plan: null, faults };
  const plan = paymentPlan({ balance, down, instalments, first, rhythm: form.rhythm });
  switch (plan) {
    case "down_too_large":
      return { plan: null, faults: { down: "This is more than the balance." } };
    case "nothing_left":
      return { plan: null, faults: { down: "This is the whole balance: nothing is left to pay later." } };
    case "too_many":
      return { plan: null, faults: { [form.by]: `That makes more than ${MOST_PAYMENTS} payments.` } };
    case "too_small":
      return { plan: null, faults: { [form.by]: "That is less than a cent a payment." } };
    default:
      return { plan, faults };
  }
}

const EVERY: Record<Rhythm, string> = { weekly: "every week", biweekly: "every two weeks", monthly: "every month" };

/** A sentence that reads the plan back, with every figure that was agreed. */
export function readBack({ down, payments }: PaymentPlan, rhythm: Rhythm, jurisdiction: string): string {
  const [first, last] = [payments[0], payments.at(-1)];
  if (!first || !last) return "";
  const say = (cents: number) => money(cents, jurisdiction);
  const equal = payments.filter(({ cents }) => cents === first.cents).length;
  const odd = equal < payments.length;
  const parts = [
    ...(down > 0 ? [`${say(down)} today`] : []),
    payments.length === 1
      ? `one payment of ${say(first.cents)} on ${dayWords(first.day)}`
      : odd && equal === 1
        ? `${say(first.cents)} on ${dayWords(first.day)}`
        : `${equal} payments of ${say(first.cents)} ${EVERY[rhythm]}, from ${dayWords(first.day)}${odd ? "" : ` to ${dayWords(last.day)}`}`,
    ...(odd ? [`a last one of ${say(last.cents)} on ${dayWords(last.day)}`] : []),
  ];
  const total = down + payments.reduce((sum, { cents }) => sum + cents, 0);
  return `So that's ${parts.join(", then ")}: ${say(total)} altogether. Does that sound right to you?`;
}
