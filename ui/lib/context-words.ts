import type { CallContext } from "./bindings/CallContext";
import type { Communication } from "./bindings/Communication";
import type { Direction } from "./bindings/Direction";
import type { Lane } from "./bindings/Lane";
import type { Level } from "./bindings/Level";
import type { Mode } from "./bindings/Mode";

export const MODES: Record<Mode, string> = {
  third_party: "Third party",
  first_party: "First party",
  customer_service: "Customer service",
};

/** What the kinds of call mean, for somebody new to the words. */
export const MODE_HINTS: Record<Mode, string> = {
  third_party: "You collect a debt that is owed to another company.",
  first_party: "You collect a debt that is owed to your own company.",
  customer_service: "You collect nothing in this call.",
};

export const COMMUNICATIONS: Record<Communication, string> = { initial: "First contact", subsequent: "Later contact" };

export const DIRECTIONS: Record<Direction, string> = { outbound: "We called", inbound: "They called" };

export const LEVELS: Record<Level, string> = {
  new: "More, for the first weeks",
  steady: "A few",
  expert: "Only what matters most",
};

/** The lanes as the agent sees them. */
export const LANES: Record<Lane, string> = { agent: "You", customer: "Customer" };

/** The lanes as somebody other than the agent reads them. */
export const SPEAKERS: Record<Lane, string> = { agent: "Agent", customer: "Customer" };

/** The context in the few words that a header has room for: `Norfield · first · TX`. */
export function contextLine(context: CallContext): string {
  const contact = context.mode === "customer_service" ? "service" : context.communication === "initial" ? "first" : "later";
  const place = context.jurisdiction.slice(context.jurisdiction.indexOf("-") + 1);
  return [context.creditor, contact, place].filter((part) => part !== "").join(" · ");
}
