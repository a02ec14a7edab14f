import { afterEach, expect, it } from "vitest";
import { applyTextSize, isWide } from "./text-size";

afterEach(() => applyTextSize(100));

it.each([
  [820, 100, true],
  [819, 100, false],
  [1100, 125, true],
  [1000, 125, false],
  [1100, 150, false],
])("knows that a window of %i px at %i %% is wide: %s", (pixels, percent, wide) => {
  expect(isWide(pixels, percent)).toBe(wide);
});

it("says on the root whether there is room for two columns", () => {
  window.innerWidth = 1000;
  applyTextSize(100);
  expect(document.documentElement.hasAttribute("data-wide")).toBe(true);
  applyTextSize(125);
  expect(document.documentElement.hasAttribute("data-wide")).toBe(false);
});
