import { noticeOf, runLab, stopLab } from "../lib/backend";
import type { CallFilter } from "../lib/bindings/CallFilter";
import type { CueChange } from "../lib/bindings/CueChange";
import type { CueTotal } from "../lib/bindings/CueTotal";
import type { LabProgress } from "../lib/bindings/LabProgress";
import type { LabResult } from "../lib/bindings/LabResult";
import type { Notice } from "../lib/bindings/Notice";
import type { Precision } from "../lib/bindings/Precision";

/** A run of the replay lab and what it found. It stays while calls are read. */
export class ReplayLab {
  /** The playbook file; empty tells each call to the playbook that it ran with. */
  file = $state("");
  progress: LabProgress | null = $state.raw(null);
  result: LabResult | null = $state.raw(null);
  notice: Notice | null = $state.raw(null);
  running = $state(false);

  async run(filter: CallFilter): Promise<void> {
    if (this.running) return;
    this.running = true;
    [this.progress, this.result, this.notice] = [null, null, null];
    try {
      this.result = await runLab(filter, this.file.trim(), (progress) => (this.progress = progress));
    } catch (rejection) {
      this.notice = noticeOf(rejection);
    }
    this.running = false;
  }

  async stop(): Promise<void> {
    try {
      await stopLab();
    } catch (rejection) {
      this.notice = noticeOf(rejection);
    }
  }
}

/** How often a cue fired in the calls as they were. */
export const firedBefore = ({ same, missed, moved }: CueTotal) => same + missed + moved;

/** How often it would have fired. */
export const firedAfter = ({ same, fired, moved }: CueTotal) => same + fired + moved;

/** Precision as people read it: the share and of how many; a dash where nobody judged. */
export function precision({ right, wrong }: Precision): string {
  const judged = right + wrong;
  return judged === 0 ? "–" : `${Math.round((right / judged) * 100)} % of ${judged}`;
}

/** One thing that would have been different in a call, and the second of the call to look at. */
export type Difference = { cue: string; at: number; words: string };

/** What would have been different in a call, in the order of the call; what concerns no second comes last. */
export function differences(cues: Readonly<Record<string, CueChange>>, time: (seconds: number) => string): readonly Difference[] {
  const found = Object.entries(cues).flatMap(([cue, change]): Difference[] => {
    const places = change.fired.length + change.missed.length + change.moved.length;
    return [
      ...change.fired.map((at) => ({ cue, at, words: "would have fired" })),
      ...change.missed.map((at) => ({ cue, at, words: "would not have fired" })),
      ...change.moved.map(([at, to]) => ({ cue, at, words: `would have fired at ${time(to)}` })),
      ...(change.ends_otherwise && places === 0 ? [{ cue, at: Infinity, words: "would have ended otherwise" }] : []),
    ];
  });
  return found.sort((a, b) => a.at - b.at);
}
