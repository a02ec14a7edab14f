import type { KeyAction } from "./bindings/KeyAction";

type Listener = (action: KeyAction) => void;

let listeners: readonly Listener[] = [];

/** Tells the listener of every global shortcut from now on, until the function that comes back is called. */
export function onGlobalKey(listener: Listener): () => void {
  listeners = [...listeners, listener];
  return () => (listeners = listeners.filter((other) => other !== listener));
}

/** Passes a global shortcut on to the screen that is up. Where no screen listens, it does nothing. */
export function passGlobalKey(action: KeyAction): void {
  for (const listener of listeners) listener(action);
}
