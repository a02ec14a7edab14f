/** What is measured, where its bar ends and where the mark stands. */
export type VoiceLimit = { mark: number; end: number };

/**
 * The marks of the voice strip: pace in words a minute, talk share in per cent, overtalk in seconds of the last
 * minute, silence in seconds.
 */
export const VOICE_LIMITS = {
  pace: { mark: 170, end: 210 },
  share: { mark: 70, end: 100 },
  overtalk: { mark: 3, end: 5 },
  silence: { mark: 8, end: 12 },
} as const satisfies Record<string, VoiceLimit>;
