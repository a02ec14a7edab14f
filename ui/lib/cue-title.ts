import type { PlaybookView } from "./bindings/PlaybookView";

/**
 * The cue's title in plain words.
 *
 * A session log may name a cue that today's playbook no longer has; its name is then read as words, since ids are
 * not for the screen.
 */
export function cueTitle(playbook: PlaybookView | null, cue: string): string {
  const known = playbook?.cues.find(({ id }) => id === cue);
  if (known) return known.title;
  const words = cue.slice(cue.indexOf(".") + 1).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
