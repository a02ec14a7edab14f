import { expect, it } from "vitest";
import { fewerPeaks, waveformPath } from "./waveform-path";

it("draws a bar for each peak, a thin one for silence", () => {
  expect(waveformPath([255, 0])).toBe("M0.2 0.0h.6v100.0h-.6zM1.2 49.3h.6v1.5h-.6z");
});

it("keeps the highest peaks where there is less room", () => {
  expect(fewerPeaks([1, 9, 2, 3, 8], 2)).toEqual([9, 8]);
  expect(fewerPeaks([1, 9], 5)).toEqual([1, 9]);
  expect(fewerPeaks([], 5)).toEqual([]);
});
