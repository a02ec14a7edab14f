import { actOnCard, endCall, endRecording, keepNote, markSaid, noticeOf, pauseCall, resumeCall, startCall } from "../lib/backend";
import type { CallContext } from "../lib/bindings/CallContext";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CardAction } from "../lib/bindings/CardAction";
import type { Notice } from "../lib/bindings/Notice";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { StartSource } from "../lib/bindings/StartSource";
import { zeroAfter } from "./call-clock";
import { reduce, waiting, type CallState, type Card } from "./call-state";
import { withNotice, withoutNotice } from "./notices";

const NO_LIMITS = { pace_wpm: null, talk_share: null, overtalk_s: null, silence_s: null };

/** A running call, as the window sees it. */
export class LiveCall {
  /** Replaced as a whole by every event. */
  state: CallState = $state.raw(waiting);
  /** True from the agent's End until the last words are transcribed. */
  ending = $state(false);
  /** True while the app is asked to pause or to resume. */
  pausing = $state(false);
  /** The call's id in the session log. */
  id = "";
  playbook: PlaybookView = $state.raw({ id: "", version: "", title: "", cues: [], limits: NO_LIMITS });
  #zero: number | null = null;
  #acted: Card | null = null;

  private constructor() {}

  /** Starts a call. Its first events may arrive before the promise resolves; none is lost. */
  static async start(source: StartSource, context: CallContext): Promise<LiveCall> {
    const live = new LiveCall();
    const started = await startCall(source, context, (event) => live.#hear(event));
    live.id = started.call;
    live.playbook = started.playbook;
    return live;
  }

  /** Seconds since the call began; its length once it ended. */
  clock(): number {
    if (this.state.length !== null) return this.state.length;
    return this.#zero === null ? 0 : (performance.now() - this.#zero) / 1000;
  }

  /** Tells the engine what the agent did with the card; a second key press on the same card is not told. */
  async act(action: CardAction): Promise<void> {
    const { card } = this.state;
    if (card === null || card === this.#acted) return;
    this.#acted = card;
    if (!(await this.try(actOnCard(card.cue, action)))) this.#acted = null;
  }

  /** The agent says that a disclosure was said. */
  async markSaid(cue: string): Promise<void> {
    await this.try(markSaid(cue));
  }

  /** Pauses the call, or goes on with it. */
  async togglePause(): Promise<void> {
    if (this.pausing || this.state.phase === "ended") return;
    this.pausing = true;
    await this.try(this.state.pausedAt === null ? pauseCall() : resumeCall());
    this.pausing = false;
  }

  async endRecording(): Promise<void> {
    await this.try(endRecording());
  }

  async end(): Promise<void> {
    this.ending = true;
    if (!(await this.try(endCall()))) this.ending = false;
  }

  /** Keeps the agent's note of the call. False where that failed, which is told. */
  keepNote(text: string): Promise<boolean> {
    return this.try(keepNote(this.id, text));
  }

  /** Shows something that did not come from the call itself, such as a link that can't be opened now. */
  tell(notice: Notice): void {
    this.state = { ...this.state, notices: withNotice(this.state.notices, notice) };
  }

  /** The agent has read a notice. */
  read(notice: Notice): void {
    this.state = { ...this.state, notices: withoutNotice(this.state.notices, notice) };
  }

  /** Waits for a command; where it fails, the screen says why. */
  async try(command: Promise<unknown>): Promise<boolean> {
    try {
      await command;
      return true;
    } catch (rejection) {
      this.tell(noticeOf(rejection));
      return false;
    }
  }

  #hear(event: CallEvent): void {
    this.#zero = zeroAfter(this.#zero, event, performance.now());
    this.state = reduce(this.state, event);
  }
}
