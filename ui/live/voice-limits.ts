/** Where a gauge's mark stands and where its bar ends. */
export type VoiceLimit = { mark: number; end: number };

/**
 * The marks of the voice strip. All are practice, none is law: over 170 words a minute is hard to follow; after 70 %
 * of the talk is the agent's own, it is time for a question; three seconds of both speaking within a minute is more
 * than turn-taking; eight seconds of silence need a word.
 */
export const VOICE_LIMITS = {
  /** Words a minute. */
  pace: { mark: 170, end: 210 },
  /** Per cent of voiced time. */
  share: { mark: 70, end: 100 },
  /** Seconds of the last minute. */
  overtalk: { mark: 3, end: 5 },
  /** Seconds. */
  silence: { mark: 8, end: 12 },
} as const satisfies Record<string, VoiceLimit>;
