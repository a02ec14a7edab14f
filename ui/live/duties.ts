import type { CueEvent } from "../lib/bindings/CueEvent";
import type { CueEventKind } from "../lib/bindings/CueEventKind";

/** Where a duty of the checklist stands. */
export type DutyState = "due" | "overdue" | "unsure" | "done" | "missed";

/** Where one cue stands as a duty. The checklist shows those that are disclosures. */
export type Duty = {
  cue: string;
  state: DutyState;
  /** Seconds at which it came into this state. */
  at: number;
  /** Seconds at which it became due; null where it was heard before it was due. */
  dueAt: number | null;
  /** What was heard, where words decided the state. */
  quote: string | null;
  /** It is done because the agent says so; no words were heard for it. */
  byAgent: boolean;
  /** Where it stood before its last event, which a final may take back. */
  before: Omit<Duty, "before"> | null;
};

/** What moves a duty: a cue event, or a row of the ledger. */
export type DutyEvent = Pick<CueEvent, "cue" | "event" | "at" | "evidence" | "by_agent">;

/** Where the duties stand after these events. */
export function dutiesOf(events: readonly DutyEvent[]): readonly Duty[] {
  return events.reduce(dutiesAfter, [] as readonly Duty[]);
}

/** Where the duties stand after one more event. */
export function dutiesAfter(duties: readonly Duty[], event: DutyEvent): readonly Duty[] {
  const known = duties.find((duty) => duty.cue === event.cue);
  const others = () => duties.filter((duty) => duty !== known);
  if (event.event === "expired") return others();
  if (event.event === "retracted") {
    if (!known) return duties;
    const { before } = known;
    return before ? duties.map((duty) => (duty === known ? { ...before, before: null } : duty)) : others();
  }
  const state = dutyState(known?.state, event.event);
  if (!state) return duties;
  const stays = known?.state === state;
  const duty: Duty = {
    cue: event.cue,
    state,
    at: stays ? known.at : event.at,
    dueAt: event.event === "due" && !stays ? event.at : (known?.dueAt ?? null),
    quote: stays ? known.quote : (event.evidence?.quote ?? null),
    byAgent: state === "done" && (stays ? known.byAgent : event.by_agent === true),
    before: known ? withoutBefore(known) : null,
  };
  return known ? duties.map((other) => (other === known ? duty : other)) : [...duties, duty];
}

function withoutBefore({ before: _, ...duty }: Duty): Omit<Duty, "before"> {
  return duty;
}

/** The state that an event brings a duty into; undefined where there is none. */
function dutyState(known: DutyState | undefined, event: Exclude<CueEventKind, "expired" | "retracted">): DutyState | undefined {
  switch (event) {
    case "due":
    case "unsure":
    case "missed":
      return event;
    case "satisfied":
      return "done";
    case "fires":
      return known === "due" ? "overdue" : known;
    case "dismissed":
      return known;
  }
}
