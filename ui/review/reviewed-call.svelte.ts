import { callReview, callScorecard, callWaveform, keepReview, noticeOf, playbookView, showCall } from "../lib/backend";
import type { CallRecord } from "../lib/bindings/CallRecord";
import type { Notice } from "../lib/bindings/Notice";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import type { ReviewMark } from "../lib/bindings/ReviewMark";
import type { Scorecard } from "../lib/bindings/Scorecard";
import type { Waveform } from "../lib/bindings/Waveform";

/** Peaks that a waveform is asked for with; narrower ones are made of them. */
const BUCKETS = 800;

/** A past call with all that its review shows. */
export class ReviewedCall {
  record: CallRecord | null = $state.raw(null);
  playbook: PlaybookView | null = $state.raw(null);
  scorecard: Scorecard | null = $state.raw(null);
  entries: readonly ReviewEntry[] = $state.raw([]);
  /** Null until it is there, and where there is no recording. */
  waveform: Waveform | null = $state.raw(null);
  notice: Notice | null = $state.raw(null);
  /** Somebody has reviewed the call: the newest word on it counts. */
  readonly reviewed: ReviewEntry | null = $derived.by(() => {
    const newest = this.entries.findLast(({ mark }) => mark.kind === "reviewed");
    return newest?.mark.kind === "reviewed" && newest.mark.done ? newest : null;
  });
  /** Why the call must not be deleted, where it must not be. */
  readonly hold: string | null = $derived.by(() => {
    const mark = this.entries.findLast(({ mark }) => mark.kind === "hold")?.mark;
    return mark?.kind === "hold" && mark.on ? mark.reason : null;
  });

  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  /** Reads the call, with its live transcript or the improved one. What is long to make comes after what is read first. */
  async load(improved: boolean): Promise<void> {
    try {
      const record = await showCall(this.id, improved);
      this.playbook ??= await playbookView(record.context);
      this.record = record;
      this.entries = await callReview(this.id);
      this.scorecard ??= await callScorecard(this.id);
    } catch (rejection) {
      this.notice = noticeOf(rejection);
      return;
    }
    if (this.waveform || !this.record.call.recording) return;
    try {
      this.waveform = await callWaveform(this.id, BUCKETS);
    } catch (rejection) {
      // A recording that is damaged is no reason not to read the call.
      this.notice = noticeOf(rejection);
    }
  }

  /** Keeps what somebody says of the call; false when it could not be kept. */
  async keep(mark: ReviewMark): Promise<boolean> {
    try {
      this.entries = [...this.entries, await keepReview(this.id, mark)];
      this.notice = null;
      return true;
    } catch (rejection) {
      this.notice = noticeOf(rejection);
      return false;
    }
  }
}
