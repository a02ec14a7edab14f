import { describe, expect, it } from "vitest";
import { contrast, over, tokensOf, type Theme } from "../test/contrast";
import css from "./tokens.css?raw";

/** What WCAG 2 asks of text at level AA. */
const LEAST = 4.5;

/** Text stands on paper and on panels in any of these colours. */
const TEXTS = ["ink", "muted", "legal", "coaching", "information", "done", "agent", "customer"];
const GROUNDS = ["ground", "panel"];
const TONES = ["legal", "coaching", "information", "done"];

describe.each(["light", "dark"] as const)("in the %s theme", (theme: Theme) => {
  const tokens = tokensOf(css, theme);
  const colour = (token: string) => {
    const value = tokens.get(token);
    if (value === undefined) throw new Error(`no token ${token}`);
    return value;
  };
  const pairs = [
    ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
    ...TONES.flatMap((tone) => ["ink", "muted", tone].map((text) => [text, `${tone}-ground`] as const)),
    // The button that is meant first is drawn the other way round.
    ["panel", "ink"] as const,
  ];

  it.each(pairs)("%s can be read on %s", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(LEAST);
  });

  it.each(TONES)("ink can be read on words marked as %s", (tone) => {
    for (const ground of [...GROUNDS, `${tone}-ground`]) {
      expect(contrast(colour("ink"), over(colour(tone), colour(ground), 0.22))).toBeGreaterThanOrEqual(LEAST);
    }
  });
});

it("knows the ratios that WCAG gives", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
