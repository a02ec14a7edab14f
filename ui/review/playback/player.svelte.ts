import { noticeOf } from "../../lib/backend";
import type { Lane } from "../../lib/bindings/Lane";
import type { Notice } from "../../lib/bindings/Notice";
import { RATE, type Sound } from "./sound";
import { nextSpan, type Span } from "./spans";

/** The speeds that can be chosen. */
export const SPEEDS = [1, 1.25, 1.5, 2] as const;

/** Seconds of the call that are fetched at once. */
const PIECE = 5;
/** Seconds of sound that wait to be played before no more are fetched. */
const AHEAD = 4;
/** Seconds from an answer to its sound, so that a piece is never late. */
const LEAD = 0.06;
/** Milliseconds between two looks at the clock. */
const LOOK = 50;
/** Looks without a step of the sound's clock after which there is no sound: two seconds. */
const STUCK = 40;

const NO_SOUND: Notice = {
  code: "no_sound",
  message: "The recording can't be heard: this computer's sound does not run.",
  what_to_do: "See that an output is plugged in, and play again; the transcript can be read without.",
};

/** A piece that was handed to the sound: when it sounds, and which seconds of the call it is. */
type Scheduled = Span & { from: number; until: number };

export type PlayerSource = {
  /** Seconds. */
  length: number;
  /** The stretches in which somebody speaks. */
  voiced: readonly Span[];
  /** Interleaved samples (agent, customer) of some seconds, already at a speed. */
  fetch: (start: number, end: number, speed: number) => Promise<Int16Array>;
  /** Opens the system's sound; asked for at the first play, since pages may not before somebody pressed something. */
  sound: () => Sound;
  /** It has played to where it was to stop. */
  onended?: () => void;
};

/** Plays a call's recording piece by piece. */
export class Player {
  /** Seconds of the call at which the play head stands. */
  position = $state(0);
  playing = $state(false);
  speed: number = $state(1);
  skipsSilence = $state(false);
  /** Which lanes are heard. */
  heard: Record<Lane, boolean> = $state({ agent: true, customer: true });
  /** Why nothing is heard. */
  notice: Notice | null = $state.raw(null);

  readonly #source: PlayerSource;
  #sound: Sound | null = null;
  #scheduled: Scheduled[] = [];
  /** The next second of the call to fetch. */
  #cursor = 0;
  /** The second of the call at which to stop. */
  #stop = 0;
  /** When, on the sound's clock, the next piece begins. */
  #next = 0;
  #fetching = false;
  #ended = false;
  /** Where the sound's clock stood at the last look, and for how many looks it has. */
  #stood = { at: -1, looks: 0 };
  /** Counts starts: an answer to an earlier one is not played. */
  #run = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(source: PlayerSource) {
    this.#source = source;
  }

  get length(): number {
    return this.#source.length;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Plays on from the play head; from the beginning where that stands at the end. */
  play(): void {
    if (this.position >= this.length - 0.05) this.position = 0;
    this.#stop = this.length;
    this.#start();
  }

  /** Plays some seconds of the call and stops. */
  playBetween(start: number, end: number): void {
    this.pause();
    this.position = Math.min(Math.max(0, start), this.length);
    this.#stop = Math.min(Math.max(0, end), this.length);
    this.#start();
  }

  pause(): void {
    this.playing = false;
    this.#halt();
  }

  /** Goes to a second of the call, and plays on there where it played. */
  seek(seconds: number): void {
    this.position = Math.min(Math.max(0, seconds), this.length);
    this.#stop = this.length;
    if (this.playing) this.#begin();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.playing) this.#begin();
  }

  /** The next speed, after the last the first again. */
  nextSpeed(): void {
    this.setSpeed(SPEEDS[(SPEEDS.findIndex((speed) => speed === this.speed) + 1) % SPEEDS.length] ?? 1);
  }

  setSkipsSilence(on: boolean): void {
    this.skipsSilence = on;
    if (this.playing) this.#begin();
  }

  hear(lane: Lane, on: boolean): void {
    this.heard = { ...this.heard, [lane]: on };
    this.#sound?.hear(lane, on);
  }

  /** Lets go of the system's sound. */
  close(): void {
    this.pause();
    this.#sound?.close();
    this.#sound = null;
  }

  #start(): void {
    this.notice = null;
    try {
      this.#sound ??= this.#source.sound();
    } catch (fault) {
      this.notice = noticeOf(fault);
      return;
    }
    this.playing = true;
    this.#begin();
  }

  #begin(): void {
    this.#halt();
    this.#cursor = this.position;
    this.#ended = false;
    this.#stood = { at: -1, looks: 0 };
    this.#next = 0;
    for (const lane of ["agent", "customer"] as const) this.#sound?.hear(lane, this.heard[lane]);
    this.#timer = setInterval(() => this.#look(), LOOK);
    this.#look();
  }

  #halt(): void {
    this.#run++;
    clearInterval(this.#timer);
    this.#scheduled = [];
    this.#fetching = false;
    this.#sound?.stop();
  }

  /** Moves the play head, and fetches the next piece in time. */
  #look(): void {
    const now = this.#sound?.now() ?? 0;
    this.#stood = { at: now, looks: now === this.#stood.at ? this.#stood.looks + 1 : 0 };
    if (this.#stood.looks > STUCK) {
      this.notice = NO_SOUND;
      this.pause();
      return;
    }
    this.#scheduled = this.#scheduled.filter(({ until }) => until > now);
    const piece = this.#scheduled.find(({ from }) => from <= now);
    if (piece) this.position = piece.start + ((now - piece.from) / (piece.until - piece.from)) * (piece.end - piece.start);
    if (this.#ended && this.#scheduled.length === 0 && !this.#fetching) {
      this.position = this.#cursor;
      this.pause();
      this.#source.onended?.();
    } else if (!this.#ended && !this.#fetching && this.#next - now < AHEAD) void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const run = this.#run;
    const span = nextSpan(this.#cursor, this.#stop, PIECE, this.skipsSilence ? this.#source.voiced : null);
    if (!span) {
      this.#ended = true;
      return;
    }
    this.#fetching = true;
    try {
      const samples = await this.#source.fetch(span.start, span.end, this.speed);
      if (run !== this.#run || !this.#sound) return;
      const seconds = samples.length / 2 / RATE;
      // Nothing more is recorded.
      if (seconds === 0) this.#ended = true;
      else {
        const from = Math.max(this.#next, this.#sound.now() + LEAD);
        this.#sound.play(samples, from);
        this.#next = from + seconds;
        this.#scheduled.push({ ...span, from, until: this.#next });
        this.#cursor = span.end;
      }
    } catch (rejection) {
      if (run !== this.#run) return;
      this.notice = noticeOf(rejection);
      this.pause();
      return;
    }
    this.#fetching = false;
  }
}
