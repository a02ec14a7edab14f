import type { Limits } from "../lib/bindings/Limits";
import type { Listening } from "../lib/bindings/Listening";

/** One number of the voice strip, as it is drawn and as it is said. */
export type VoiceGauge = {
  label: string;
  /** Null until it is measured. */
  value: string | null;
  /** What stands under the bar: the mark, and whether it is passed. */
  limit: string;
  over: boolean;
  /** How much of the bar is filled, 0 to 1. */
  filled: number;
  /** Where the mark stands, 0 to 1; null where the playbook has none. */
  mark: number | null;
  /** The number and its mark in a sentence. */
  spoken: string;
  /** What is counted, and why it is worth an eye. */
  meaning: string;
};

type Count = { label: string; value: number | undefined; mark: number | null; end: number; unit: string; spokenUnit: string; decimals: number; meaning: string };

/** Where the bars end, as a multiple of the mark; without a mark at what is much. */
const PACE_END = 1.25;
const OVERTALK_END = 5 / 3;
const SILENCE_END = 1.5;

const percent = (share: number) => Math.round(share * 100);

/** The four numbers of the voice strip against the thresholds of the playbook. All are counts; nothing is inferred. */
export function voiceGauges(listening: Listening | null, limits: Limits): readonly VoiceGauge[] {
  const share = limits.talk_share === null ? null : percent(limits.talk_share);
  return [
    {
      label: "Your pace", value: listening?.agent_wpm, mark: limits.pace_wpm, end: (limits.pace_wpm ?? 170) * PACE_END, unit: "", spokenUnit: "words a minute", decimals: 0,
      meaning: "Your words a minute over the last 20 seconds of your speech. Past the mark it is hard to follow.",
    },
    {
      label: "Talk share", value: listening?.talk_share === undefined ? undefined : percent(listening.talk_share), mark: share, end: 100, unit: " %", spokenUnit: "per cent", decimals: 0,
      meaning: "How much of the talk is yours; required wordings do not count. Past the mark a question helps.",
    },
    {
      label: "Overtalk", value: listening?.overtalk_s, mark: limits.overtalk_s, end: (limits.overtalk_s ?? 3) * OVERTALK_END, unit: " s", spokenUnit: "seconds", decimals: 1,
      meaning: "Seconds in the last minute in which you both spoke. Past the mark it is more than taking turns.",
    },
    {
      label: "Silence", value: listening?.silence_s, mark: limits.silence_s, end: (limits.silence_s ?? 8) * SILENCE_END, unit: " s", spokenUnit: "seconds", decimals: 0,
      meaning: "Seconds since anybody spoke. Past the mark a word helps, if only that you are looking something up.",
    },
  ].map(gauge);
}

function gauge({ label, value, mark, end, unit, spokenUnit, decimals, meaning }: Count): VoiceGauge {
  const over = value !== undefined && mark !== null && value > mark;
  const written = value?.toFixed(decimals);
  const against = mark === null ? "" : over ? `, over ${mark}` : `, within ${mark}`;
  return {
    label,
    value: written === undefined ? null : `${written}${unit}`,
    limit: mark === null ? "no mark" : `${over ? "over" : "up to"} ${mark}${unit}`,
    over,
    filled: Math.min(1, (value ?? 0) / end),
    mark: mark === null ? null : Math.min(1, mark / end),
    spoken: written === undefined ? "not measured yet" : `${written} ${spokenUnit}${against}`,
    meaning,
  };
}
