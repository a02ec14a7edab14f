import type { Notice } from "../lib/bindings/Notice";

/** Seconds behind from which on cues come too late to wait for. */
const FAR_BEHIND = 4;

/** What the foot of the window says of the transcript: how far it is behind the call, once that is worth a word. */
export function transcriptPace(lag: number | null, hasWords: boolean): string {
  if (lag !== null && lag >= 1) return `Transcript ${lag.toFixed(0)} s behind`;
  return hasWords ? "Transcript up to date" : "Listening";
}

/** What is told in the transcript's place while it is so far behind that the agent should know. */
export function farBehind(lag: number | null): Notice | null {
  if (lag === null || lag < FAR_BEHIND) return null;
  return {
    code: "transcript_behind",
    message: `The transcript is ${lag.toFixed(0)} s behind, and cues come late.`,
    what_to_do: "Close other programs; if it stays so, choose a smaller model in the settings. Nothing is lost.",
  };
}
