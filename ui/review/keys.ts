/** What a key does where past calls are reviewed. */
export type ReviewAction =
  | "play" | "back" | "forward" | "hear" | "speed" | "silence" | "next_pin" | "previous_pin" | "right" | "wrong" | "borderline"
  | "reviewed" | "note" | "next_call" | "previous_call" | "search" | "keys";

/** A key of the session logs. */
export type ReviewKey = {
  action: ReviewAction;
  /** As `KeyboardEvent.key` has it, in lower case. */
  key: string;
  /** As it is printed on a keyboard. */
  name: string;
  /** What it does, in words. */
  words: string;
};

/** Every key of the session logs. The handler and the overview both go by this table. */
export const KEYS: readonly ReviewKey[] = [
  { action: "play", key: " ", name: "Space", words: "Play and pause" },
  { action: "back", key: "arrowleft", name: "←", words: "Five seconds back" },
  { action: "forward", key: "arrowright", name: "→", words: "Five seconds on" },
  { action: "speed", key: "s", name: "S", words: "Speed: 1, 1.25, 1.5, 2" },
  { action: "silence", key: "x", name: "X", words: "Skip silence, and not" },
  { action: "next_pin", key: ".", name: ".", words: "Next pin" },
  { action: "previous_pin", key: ",", name: ",", words: "Pin before" },
  { action: "hear", key: "h", name: "H", words: "Hear five seconds before and after the pin" },
  { action: "right", key: "1", name: "1", words: "The pin is right" },
  { action: "wrong", key: "2", name: "2", words: "The pin is wrong" },
  { action: "borderline", key: "3", name: "3", words: "The pin is borderline" },
  { action: "note", key: "n", name: "N", words: "Note on this moment" },
  { action: "reviewed", key: "r", name: "R", words: "Reviewed, and not" },
  { action: "next_call", key: "j", name: "J", words: "Next call of the list" },
  { action: "previous_call", key: "k", name: "K", words: "Call before" },
  { action: "search", key: "/", name: "/", words: "Search" },
  { action: "keys", key: "?", name: "?", words: "This overview" },
];

/** The key of an action as it is printed on a keyboard. */
export function keyName(action: ReviewAction): string {
  return KEYS.find((one) => one.action === action)?.name ?? "";
}

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "target">;

/** What a key press asks for; null where it asks for nothing, or is meant for what has the keyboard. */
export function actionOf({ key, ctrlKey, altKey, metaKey, target }: Press): ReviewAction | null {
  if (ctrlKey || altKey || metaKey || takes(target, key)) return null;
  return KEYS.find((one) => one.key === key.toLowerCase())?.action ?? null;
}

/** Whether an element has its own use for a key: fields for all, what can be pressed for the space bar, radios for arrows. */
function takes(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type) || key === " " || key.startsWith("Arrow");
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return key === " " && target instanceof HTMLElement && target.closest("button, summary, a") !== null;
}
