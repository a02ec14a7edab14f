import type { KeyAction } from "../lib/bindings/KeyAction";

/** What a key does on the live screen. */
export type LiveAction = KeyAction | "transcript" | "end" | "keys";

/** A key of the live screen. */
export type LiveKey = {
  action: LiveAction;
  /** As `KeyboardEvent.key` has it, in lower case. */
  key: string;
  /** What it does, in words. */
  words: string;
  /** The shortcut that works while another window has the keyboard, where there is one. */
  everywhere?: string;
};

/** Every key of the live screen. The handler and the overview both go by this table. */
export const KEYS: readonly LiveKey[] = [
  { action: "done", key: "1", words: "Card: done", everywhere: "Ctrl+Alt+1" },
  { action: "not_now", key: "2", words: "Card: not now", everywhere: "Ctrl+Alt+2" },
  { action: "wrong", key: "3", words: "Card: wrong", everywhere: "Ctrl+Alt+3" },
  { action: "pause", key: "f8", words: "Pause and resume, while a card number is read out", everywhere: "Ctrl+Alt+P" },
  { action: "compact", key: "f9", words: "Small window and back", everywhere: "Ctrl+Alt+C" },
  { action: "transcript", key: "t", words: "Fold the transcript away and back" },
  { action: "end", key: "e", words: "End the call; press it twice" },
  { action: "keys", key: "?", words: "This overview" },
];

/** The key of an action as it is printed on a keyboard. */
export function keyName(action: LiveAction): string {
  return (KEYS.find((one) => one.action === action)?.key ?? "").toUpperCase();
}

type Press = Pick<KeyboardEvent, "key" | "repeat" | "ctrlKey" | "altKey" | "metaKey">;

/** What a key press asks for; null where it asks for nothing, or is meant for a field that is being typed in. */
export function actionOf(press: Press, typing: boolean): LiveAction | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  const key = press.key.toLowerCase();
  if (typing && key.length === 1) return null;
  return KEYS.find((one) => one.key === key)?.action ?? null;
}
