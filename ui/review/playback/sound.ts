import type { Lane } from "../../lib/bindings/Lane";

/** Samples a second of each lane. */
export const RATE = 16_000;

/** How far to the side each lane is heard: apart enough to be told from each other, near enough for headphones. */
const SIDES: Record<Lane, number> = { agent: -0.4, customer: 0.4 };

/** Where a player's samples go: pieces that follow each other without a gap. */
export interface Sound {
  /** Seconds on the sound's own clock. */
  now(): number;
  /** Plays interleaved samples (agent, customer), beginning at a second of the sound's clock. */
  play(samples: Int16Array, at: number): void;
  /** Drops all that plays or waits. */
  stop(): void;
  /** Makes a lane audible or not. */
  hear(lane: Lane, on: boolean): void;
  /** Lets go of the system's sound. */
  close(): void;
}

/**
 * Plays through Web Audio with buffers made by hand: a media element would need an address to load from, and the
 * window's content policy has none.
 */
export function webSound(): Sound {
  const audio = new AudioContext();
  const gains = { agent: audio.createGain(), customer: audio.createGain() };
  const playing = new Set<AudioBufferSourceNode>();
  const splitter = audio.createChannelSplitter(2);
  (["agent", "customer"] as const).forEach((lane, channel) => {
    const side = audio.createStereoPanner();
    side.pan.value = SIDES[lane];
    splitter.connect(gains[lane], channel).connect(side).connect(audio.destination);
  });
  void audio.resume();
  return {
    now: () => audio.currentTime,
    play(samples, at) {
      const frames = samples.length / 2;
      const buffer = audio.createBuffer(2, frames, RATE);
      for (const channel of [0, 1]) {
        const lane = buffer.getChannelData(channel);
        for (let i = 0; i < frames; i++) lane[i] = (samples[2 * i + channel] ?? 0) / 32768;
      }
      const source = audio.createBufferSource();
      source.buffer = buffer;
      source.connect(splitter);
      source.onended = () => playing.delete(source);
      playing.add(source);
      source.start(at);
    },
    stop() {
      for (const source of playing) source.stop();
      playing.clear();
    },
    hear(lane, on) {
      gains[lane].gain.value = on ? 1 : 0;
    },
    close: () => void audio.close(),
  };
}
