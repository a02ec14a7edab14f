import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CueEvent } from "../lib/bindings/CueEvent";
import type { Notice } from "../lib/bindings/Notice";

/** What one lane said between two pauses, as it was kept. */
export type Said = Extract<CallEvent, { type: "final" }>;

/** Sound that is missing from one lane. */
export type Missing = Extract<CallEvent, { type: "gap" }>;

/** The events of a session log, sorted by what a reader does with them. */
export type SpokenRecord = {
  /** What was said and where sound is missing, in the order in which it began. */
  rows: readonly (Said | Missing)[];
  cues: readonly CueEvent[];
  notices: readonly Notice[];
};

/** Sorts the events of a session log; the two lanes' finals are not kept in the order of their beginnings. */
export function spokenRecord(events: readonly CallEvent[]): SpokenRecord {
  return {
    rows: events.filter((event) => event.type === "final" || event.type === "gap").sort((a, b) => a.start - b.start),
    cues: events.filter((event) => event.type === "cue"),
    notices: events.filter((event) => event.type === "notice"),
  };
}
