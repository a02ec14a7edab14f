import type { Lane } from "../lib/bindings/Lane";
import type { LevelReading } from "../lib/bindings/LevelReading";

/** What was measured in a sound check, by what was going on. */
export type Heard = {
  /** While nothing was asked for. */
  before: readonly LevelReading[];
  /** While the test tones were played. */
  tone: readonly LevelReading[];
  /** While the agent was asked to speak. */
  speech: readonly LevelReading[];
};

/** How one side came through. */
export type SideState = "heard" | "quiet" | "silent" | "noise" | "loud" | "nothing";

/** What a sound check found. */
export type Verdict = {
  customer: Exclude<SideState, "noise" | "loud">;
  agent: SideState;
  /** The test tones were heard by the microphone too: there is no headset. */
  echo: boolean;
};

/** One finding in words, and whether it is as it should be. */
export type Finding = { good: boolean; text: string };

/** Decibels below full scale. Under the first nothing plays; under the second Whisper begins to lose words. */
const SILENT = -60;
const QUIET = -42;

/** The customer's side is measured as it is played, however far down the volume is turned. */
const QUIET_OUTPUT = -50;

/** By how many decibels a voice stands out of the noise before it. */
const STANDS_OUT = 10;

/** From which peak on samples are cut off, and how many tenths of a second of that are one too many. */
const CUT_OFF = -0.5;
const CUT_OFF_READINGS = 2;

const loudest = (readings: readonly LevelReading[]) => Math.max(-90, ...readings.map(({ rms_db }) => rms_db));

function of(lane: Lane, readings: readonly LevelReading[]): readonly LevelReading[] {
  return readings.filter((reading) => reading.lane === lane);
}

/** The middle reading: a door that slams does not make a noisy room. */
function usual(readings: readonly LevelReading[]): number {
  const sorted = readings.map(({ rms_db }) => rms_db).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? -90;
}

/** What a sound check found. Pure: the same readings always give the same verdict. */
export function verdictOf({ before, tone, speech }: Heard): Verdict {
  const noise = usual(of("agent", before));
  const customer = customerOf(of("customer", tone));
  const overheard = loudest(of("agent", tone));
  const echo = customer !== "nothing" && customer !== "silent" && overheard > QUIET && overheard - noise >= STANDS_OUT;
  return { customer, agent: agentOf(of("agent", speech), noise), echo };
}

function customerOf(tone: readonly LevelReading[]): Verdict["customer"] {
  if (tone.length === 0) return "nothing";
  const level = loudest(tone);
  if (level < SILENT) return "silent";
  return level < QUIET_OUTPUT ? "quiet" : "heard";
}

function agentOf(speech: readonly LevelReading[], noise: number): SideState {
  if (speech.length === 0) return "nothing";
  const level = loudest(speech);
  if (level < SILENT) return "silent";
  if (level < QUIET) return "quiet";
  if (level - noise < STANDS_OUT) return "noise";
  return speech.filter(({ peak_db }) => peak_db >= CUT_OFF).length >= CUT_OFF_READINGS ? "loud" : "heard";
}

const CUSTOMER: Record<Verdict["customer"], Finding> = {
  heard: { good: true, text: "The customer's side is heard." },
  quiet: { good: false, text: "The customer's side is very quiet: turn the computer's volume up." },
  silent: { good: false, text: "The customer's side is silent: choose another output. The tones went to the computer's default output." },
  nothing: { good: false, text: "The customer's side could not be measured: choose another output." },
};

const AGENT: Record<SideState, Finding> = {
  heard: { good: true, text: "Your microphone is heard." },
  quiet: { good: false, text: "Your microphone is very quiet: move it closer, or turn it up." },
  silent: { good: false, text: "Your microphone is silent: see whether it is muted, or choose another one." },
  noise: { good: false, text: "Your voice does not stand out from the noise: move the microphone closer and try again." },
  loud: { good: false, text: "Your microphone is too loud: turn it down, or move it away." },
  nothing: { good: false, text: "Your microphone could not be measured: choose another one." },
};

const ECHO: Finding = {
  good: false,
  text: "Your microphone hears the customer too. Cueline takes that out, but a headset works better.",
};

/** The verdict in words, the customer's side first. */
export function findingsOf(verdict: Verdict): readonly Finding[] {
  const both: Finding[] =
    verdict.customer === "heard" && verdict.agent === "heard" ? [{ good: true, text: "Both sides are heard." }] : [CUSTOMER[verdict.customer], AGENT[verdict.agent]];
  return verdict.echo ? [...both, ECHO] : both;
}

/** Whether a call can be transcribed with what was found. */
export function serves({ customer, agent }: Verdict): boolean {
  return customer === "heard" && agent === "heard";
}
