/** The text sizes that can be chosen, in percent. */
export const TEXT_SIZES = [100, 110, 125, 150] as const;

/** From how many pixels of layout on a screen has two columns. */
const WIDE = 820;

/** From how many on it has three. */
const ROOMY = 1060;

/** Below how many pixels of layout a window is narrow for a docked one, short, and the small one that stays on top. */
const NARROW = 350;
const SHORT = 760;
const SMALL = 240;

/** Whether a window of this many pixels has room for two columns at this text size, in percent. */
export function isWide(pixels: number, textSize: number): boolean {
  return (pixels * 100) / textSize >= WIDE;
}

let size = 100;

/**
 * Draws the window with larger text, and everything else in proportion.
 *
 * Media and container queries know nothing of `zoom` in WebKit. So the root says by itself that it is
 * `data-wide`, `data-roomy`, `data-narrow`, `data-short` or `data-small`, and screens ask for that.
 */
export function applyTextSize(percent: number): void {
  size = percent;
  document.documentElement.style.setProperty("zoom", String(percent / 100));
  measure();
}

/** Looks again how much room the window has; to be called whenever its size has changed. */
export function measure(): void {
  const root = document.documentElement;
  const [width, height] = [window.innerWidth, window.innerHeight].map((pixels) => (pixels * 100) / size) as [number, number];
  root.toggleAttribute("data-wide", isWide(window.innerWidth, size));
  root.toggleAttribute("data-roomy", width >= ROOMY);
  root.toggleAttribute("data-narrow", width < NARROW);
  root.toggleAttribute("data-short", height >= SMALL && height < SHORT);
  root.toggleAttribute("data-small", height < SMALL);
}
