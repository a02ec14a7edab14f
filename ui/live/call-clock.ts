import type { CallEvent } from "../lib/bindings/CallEvent";

/** The call's second at which an event left the pipeline, where the event says. */
function second(event: CallEvent): number | null {
  if ("emitted_at" in event) return event.emitted_at;
  return event.type === "call_started" || event.type === "listening" ? event.at : null;
}

/**
 * The instant, on the window's clock in milliseconds, at which the call's clock read zero.
 *
 * No event arrives before it was emitted, so the earliest instant that any event allows is the closest one.
 */
export function zeroAfter(zero: number | null, event: CallEvent, received: number): number | null {
  const at = second(event);
  if (at === null) return zero;
  const candidate = received - at * 1000;
  return zero === null ? candidate : Math.min(zero, candidate);
}
