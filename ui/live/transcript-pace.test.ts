import { expect, it } from "vitest";
import { transcriptPace } from "./transcript-pace";

it.each([
  [null, false, "Listening"],
  [null, true, "Transcript up to date"],
  [0.4, true, "Transcript up to date"],
  [3.2, true, "Transcript 3 s behind"],
])("a lag of %s s, words shown: %s", (lag, hasWords, said) => {
  expect(transcriptPace(lag, hasWords)).toBe(said);
});
