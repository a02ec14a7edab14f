import type { Mode } from "../lib/bindings/Mode";
import type { PlaybookView } from "../lib/bindings/PlaybookView";

/** A playbook, how much is in it, and for which kinds of call it is used. */
export type PlaybookInUse = { id: string; title: string; version: string; cues: number; duties: number; modes: readonly Mode[] };

/** The playbooks behind the kinds of call; each once. */
export function playbooksInUse(views: readonly { mode: Mode; view: PlaybookView }[]): readonly PlaybookInUse[] {
  const playbooks = new Map<string, PlaybookInUse>();
  for (const { mode, view } of views) {
    const known = playbooks.get(view.id);
    const duties = view.cues.filter(({ kind }) => kind === "disclosure").length;
    playbooks.set(view.id, { id: view.id, title: view.title, version: view.version, cues: view.cues.length, duties, modes: [...(known?.modes ?? []), mode] });
  }
  return [...playbooks.values()];
}
