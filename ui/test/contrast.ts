/** Colours of `tokens.css` and how well they can be told apart. For tests. */
export type Theme = "light" | "dark";

/** The colours that the style sheet's root gives a theme, by token. */
export function tokensOf(css: string, theme: Theme): ReadonlyMap<string, string> {
  const pairs = css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g);
  return new Map([...pairs].map(([, token, light, dark]) => [token ?? "", (theme === "light" ? light : dark) ?? ""]));
}

/** The ratio in which two colours differ, as WCAG 2 defines it: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

/** A colour laid over a ground, with this share of it seen. */
export function over(colour: string, ground: string, share: number): string {
  const mixed = channels(colour).map((value, i) => Math.round(value * share + (channels(ground)[i] ?? 0) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
