import { expect, it } from "vitest";
import { farBehind, transcriptPace } from "./transcript-pace";

it.each([
  [null, false, "Listening"],
  [null, true, "Transcript up to date"],
  [0.4, true, "Transcript up to date"],
  [3.2, true, "Transcript 3 s behind"],
])("a lag of %s s, words shown: %s", (lag, hasWords, said) => {
  expect(transcriptPace(lag, hasWords)).toBe(said);
});

it("says what to do only when it is far behind", () => {
  expect(farBehind(null)).toBeNull();
  expect(farBehind(3.9)).toBeNull();
  expect(farBehind(6.2)?.message).toContain("6 s behind");
});
