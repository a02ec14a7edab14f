import type { CueView } from "./bindings/CueView";

/** What a colour means: the four signals of the screens. */
export type Tone = "legal" | "coaching" | "information" | "done";

/**
 * The tone of a cue: amber for coaching, red where the law or a right of the customer is at stake or close, blue for
 * the rest and for a cue that today's playbook no longer has.
 */
export function toneOf(cue: Pick<CueView, "kind" | "severity"> | null | undefined): Tone {
  switch (cue?.kind) {
    case "deescalation":
    case "listening":
      return "coaching";
    case "disclosure":
    case "trigger":
    case "guard":
    case "context":
      return cue.severity === "critical" || cue.severity === "high" ? "legal" : "information";
    case "clue":
    case undefined:
      return "information";
  }
}
