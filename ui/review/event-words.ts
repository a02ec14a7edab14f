import type { CueEventKind } from "../lib/bindings/CueEventKind";

/** What happened to a cue, for somebody who reads it afterwards. */
export const EVENT_WORDS: Record<CueEventKind, string> = {
  due: "became due",
  fires: "came up",
  satisfied: "met",
  unsure: "half heard",
  expired: "no longer applied",
  missed: "missed",
  retracted: "taken back",
  dismissed: "put aside by the agent",
};
