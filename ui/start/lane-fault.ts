import type { Device } from "../lib/bindings/Device";
import type { Lane } from "../lib/bindings/Lane";
import type { Notice } from "../lib/bindings/Notice";
import { devicesOf } from "./device-of-lane";

const NOT_PLUGGED_IN: Record<Lane, Notice> = {
  agent: {
    code: "microphone_gone",
    message: "The microphone you chose is not plugged in.",
    what_to_do: "Plug it in, or choose another one here.",
  },
  customer: {
    code: "output_gone",
    message: "What you hear the customer through is not plugged in.",
    what_to_do: "Plug it in, or choose another one here.",
  },
};

const NONE: Record<Lane, Notice> = {
  agent: {
    code: "no_microphone",
    message: "No microphone was found.",
    what_to_do: "Plug in a headset: it appears here by itself.",
  },
  customer: {
    code: "no_loopback",
    message: "No output was found that the customer can be heard through.",
    what_to_do: "Connect a headset or loudspeakers. On Linux, PulseAudio or PipeWire has to run.",
  },
};

/** What keeps a lane from being heard, as far as the list of devices shows it; null where nothing does. */
export function laneFault(lane: Lane, devices: readonly Device[], chosen: string | null): Notice | null {
  const fitting = devicesOf(lane, devices);
  if (chosen !== null && !fitting.some(({ id }) => id === chosen)) return NOT_PLUGGED_IN[lane];
  return fitting.length === 0 ? NONE[lane] : null;
}
