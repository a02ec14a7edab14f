import { callAudio } from "../lib/backend";
import type { Notice } from "../lib/bindings/Notice";
import type { PlaylistMoment } from "../lib/bindings/PlaylistMoment";
import { Player } from "../review/playback/player.svelte";
import type { Sound } from "../review/playback/sound";

/** Plays moments of several calls, one after the other. */
export class PlaylistPlayer {
  #player: Player | null = $state.raw(null);
  #moment: PlaylistMoment | null = $state.raw(null);
  #rest: readonly PlaylistMoment[] = [];
  readonly #sound: () => Sound;

  constructor(sound: () => Sound) {
    this.#sound = sound;
  }

  /** The moment that sounds; null where nothing does. */
  get moment(): PlaylistMoment | null {
    return this.#player?.playing ? this.#moment : null;
  }

  /** Seconds of the moment's call at which the play head stands. */
  get position(): number {
    return this.#player?.position ?? 0;
  }

  /** Why nothing is heard. */
  get notice(): Notice | null {
    return this.#player?.notice ?? null;
  }

  /** Plays moments from the first on; those without a recording are passed over. */
  play(moments: readonly PlaylistMoment[]): void {
    this.#rest = moments.filter(({ recording }) => recording);
    this.#next();
  }

  /** Stops, and lets go of the system's sound. */
  stop(): void {
    this.#rest = [];
    this.#player?.close();
    [this.#player, this.#moment] = [null, null];
  }

  #next(): void {
    const [moment, ...rest] = this.#rest;
    if (!moment) return this.stop();
    this.#rest = rest;
    this.#player?.close();
    this.#moment = moment;
    const { call, start, end, seconds } = moment;
    this.#player = new Player({
      length: seconds ?? end,
      voiced: [],
      fetch: (from, to, speed) => callAudio(call, from, to, speed),
      sound: this.#sound,
      onended: () => this.#next(),
    });
    this.#player.playBetween(start, end);
  }
}

/** Moments by playlist, the playlists by name. */
export function byPlaylist(moments: readonly PlaylistMoment[]): readonly { name: string; moments: readonly PlaylistMoment[]; seconds: number }[] {
  const lists = new Map<string, PlaylistMoment[]>();
  for (const moment of moments) lists.set(moment.playlist, [...(lists.get(moment.playlist) ?? []), moment]);
  return [...lists]
    .map(([name, there]) => ({ name, moments: there, seconds: there.reduce((sum, { start, end }) => sum + end - start, 0) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
