/** What the foot of the window says of the transcript: how far it is behind the call, once that is worth a word. */
export function transcriptPace(lag: number | null, hasWords: boolean): string {
  if (lag !== null && lag >= 1) return `Transcript ${lag.toFixed(0)} s behind`;
  return hasWords ? "Transcript up to date" : "Listening";
}
