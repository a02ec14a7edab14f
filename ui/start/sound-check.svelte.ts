import { noticeOf, playTestTone } from "../lib/backend";
import type { LevelReading } from "../lib/bindings/LevelReading";
import type { Notice } from "../lib/bindings/Notice";
import { verdictOf, type Heard, type Verdict } from "./verdict";

/** What is going on in a sound check. */
export type Phase = keyof Heard | "idle";

/** Milliseconds of each part; the tones come through a moment after they were played. */
const BEFORE = 700;
const AFTER_TONE = 500;
const SPEECH = 4000;

const rest = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** One check of both lanes: silence, the test tones, the agent's voice. */
export class SoundCheck {
  phase: Phase = $state("idle");
  verdict: Verdict | null = $state.raw(null);
  /** Why the test tones could not be played. */
  notice: Notice | null = $state.raw(null);
  #heard: Record<keyof Heard, LevelReading[]> = { before: [], tone: [], speech: [] };
  #stopped = false;

  /** Takes one reading of a lane's loudness. */
  hear(reading: LevelReading): void {
    if (this.phase !== "idle") this.#heard[this.phase].push(reading);
  }

  /** Runs the check once; a second start while it runs does nothing. */
  async run(): Promise<void> {
    if (this.phase !== "idle") return;
    this.verdict = null;
    this.notice = null;
    this.#heard = { before: [], tone: [], speech: [] };
    this.phase = "before";
    await rest(BEFORE);
    if (this.#stopped) return;
    this.phase = "tone";
    try {
      await playTestTone();
      await rest(AFTER_TONE);
      if (this.#stopped) return;
      this.phase = "speech";
      await rest(SPEECH);
      this.verdict = verdictOf(this.#heard);
    } catch (rejection) {
      this.notice = noticeOf(rejection);
    }
    this.phase = "idle";
  }

  /** Forgets what was found: a device has changed. */
  forget(): void {
    this.verdict = null;
  }

  /** Ends for good: the screen is gone. */
  stop(): void {
    this.#stopped = true;
    this.phase = "idle";
  }
}
