import type { Theme } from "./bindings/Theme";

/** Draws the window in this theme; `system` follows the desktop. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
