/** What a colour means: the four signals of the screens. */
export type Tone = "legal" | "coaching" | "information" | "done";

const TONES: Record<string, Tone> = {
  disclosure: "legal",
  trigger: "legal",
  guard: "legal",
  deescalation: "coaching",
  listening: "coaching",
};

/** The tone of a cue of this kind: red for what the law asks, amber for coaching, blue for the rest. */
export function toneOf(kind: string): Tone {
  return TONES[kind] ?? "information";
}
