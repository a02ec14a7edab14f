import type { CueEvent } from "../lib/bindings/CueEvent";
import type { Limits } from "../lib/bindings/Limits";
import type { Said } from "./spoken-record";

/** One number of a whole call: a count or seconds, with its mark where the playbook has one. */
export type ListeningMeasure = {
  label: string;
  value: string;
  /** What is counted. */
  meaning: string;
  /** Whether it is past the playbook's mark. */
  over: boolean;
  /** The second it is about, where it is about one. */
  at: number | null;
};

const OPEN = /^(?:and |so |but |okay |now )*(?:how|what|why|when|where|who|which|tell me)\b/i;

/** The agent's share of the time in which somebody spoke, 0 to 1, and words a minute; null where nobody spoke. */
export type ListeningShares = { share: number | null; pace: number | null };

export function listeningShares(said: readonly Said[]): ListeningShares {
  const agent = said.filter(({ lane }) => lane === "agent");
  const [spoken, all] = [seconds(agent), seconds(said)];
  return { share: all === 0 ? null : spoken / all, pace: spoken === 0 ? null : (words(agent) * 60) / spoken };
}

/**
 * The listening numbers of a whole call, from its transcript and its cue events. All are counts; nothing is inferred.
 *
 * What took less than a word from either side is left out, so a call in which nobody spoke has none.
 */
export function listeningMeasures(said: readonly Said[], cues: readonly CueEvent[], limits: Limits | null): readonly ListeningMeasure[] {
  const agent = said.filter(({ lane }) => lane === "agent");
  const { share, pace } = listeningShares(said);
  if (share === null) return [];
  const longest = longestMonologue(said);
  const overtalk = overtalkSeconds(said);
  const cutIns = cues.filter(({ cue, event }) => cue === "listen.interruption" && event === "fires").length;
  const repaired = cues.filter(({ cue, event }) => cue === "listen.interruption" && event === "satisfied").length;
  const questions = agent.flatMap(({ text }) => text.split(/(?<=[.?!])\s+/)).filter((sentence) => sentence.endsWith("?"));
  const open = questions.filter((sentence) => OPEN.test(sentence)).length;
  const over = (value: number, limit: number | null | undefined) => limit !== null && limit !== undefined && value > limit;
  return [
    {
      label: "Talk share", value: `${Math.round(share * 100)} %`, over: over(share, limits?.talk_share), at: null,
      meaning: `The agent's part of the time in which somebody spoke${mark(limits?.talk_share, (limit) => `${Math.round(limit * 100)} %`)}.`,
    },
    ...(pace === null ? [] : [{
      label: "Pace", value: `${Math.round(pace)} a minute`, over: over(pace, limits?.pace_wpm), at: null,
      meaning: `The agent's words a minute of their own speech${mark(limits?.pace_wpm, String)}.`,
    }]),
    { label: "Both at once", value: `${overtalk.toFixed(1)} s`, over: false, at: null, meaning: "Seconds in which both spoke." },
    {
      label: "Cut in, made good", value: `${cutIns}, ${repaired}`, over: false, at: cues.find(({ cue, event }) => cue === "listen.interruption" && event === "fires")?.at ?? null,
      meaning: "How often the agent cut the customer off, and how often that was made good.",
    },
    { label: "Longest stretch", value: `${Math.round(longest.seconds)} s`, over: false, at: longest.at, meaning: "The agent's longest speech with no word from the customer." },
    { label: "Questions, open ones", value: `${questions.length}, ${open}`, over: false, at: null, meaning: "What the agent asked, and how much of it can't be answered with yes or no." },
  ];
}

function mark(limit: number | null | undefined, words: (limit: number) => string): string {
  return limit === null || limit === undefined ? "" : `; the mark is ${words(limit)}`;
}

function seconds(said: readonly Said[]): number {
  return said.reduce((sum, { start, end }) => sum + end - start, 0);
}

function words(said: readonly Said[]): number {
  return said.reduce((sum, { text }) => sum + text.split(/\s+/).filter((word) => word !== "").length, 0);
}

/** From the first word of the agent's to the last before the customer speaks again. */
function longestMonologue(said: readonly Said[]): { seconds: number; at: number } {
  let longest = { seconds: 0, at: 0 };
  let start: number | null = null;
  for (const { lane, start: begins, end } of said) {
    if (lane === "customer") start = null;
    else {
      start ??= begins;
      if (end - start > longest.seconds) longest = { seconds: end - start, at: start };
    }
  }
  return longest;
}

function overtalkSeconds(said: readonly Said[]): number {
  const customer = said.filter(({ lane }) => lane === "customer");
  const shared = (agent: Said) => customer.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, agent.end) - Math.max(start, agent.start)), 0);
  return said.filter(({ lane }) => lane === "agent").reduce((sum, agent) => sum + shared(agent), 0);
}
