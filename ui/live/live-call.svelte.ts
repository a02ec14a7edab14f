import { actOnCard, endCall, noticeOf, startCall } from "../lib/backend";
import type { CallContext } from "../lib/bindings/CallContext";
import type { CallEvent } from "../lib/bindings/CallEvent";
import type { CardAction } from "../lib/bindings/CardAction";
import type { PlaybookView } from "../lib/bindings/PlaybookView";
import type { StartSource } from "../lib/bindings/StartSource";
import { zeroAfter } from "./call-clock";
import { reduce, waiting, withNotice, withoutNotice, type CallState, type Card } from "./call-state";

/** A running call, as the window sees it. */
export class LiveCall {
  /** Replaced as a whole by every event. */
  state: CallState = $state.raw(waiting);
  /** True from the agent's End until the last words are transcribed. */
  ending = $state(false);
  /** The call's id in the session log. */
  id = "";
  playbook: PlaybookView = $state.raw({ id: "", version: "", title: "", cues: [] });
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
  async act(cue: string, action: CardAction): Promise<void> {
    const { card } = this.state;
    if (card === null || card === this.#acted) return;
    this.#acted = card;
    if (!(await this.#try(actOnCard(cue, action)))) this.#acted = null;
  }

  async end(): Promise<void> {
    this.ending = true;
    if (!(await this.#try(endCall()))) this.ending = false;
  }

  read(code: string): void {
    this.state = withoutNotice(this.state, code);
  }

  #hear(event: CallEvent): void {
    this.#zero = zeroAfter(this.#zero, event, performance.now());
    this.state = reduce(this.state, event);
  }

  async #try(command: Promise<unknown>): Promise<boolean> {
    try {
      await command;
      return true;
    } catch (rejection) {
      this.state = withNotice(this.state, noticeOf(rejection));
      return false;
    }
  }
}
