import type { Notice } from "../lib/bindings/Notice";

/** What the sound system's faults mean for the person at the screen. The details are in the program's log. */
const PLAIN: Record<string, Omit<Notice, "code">> = {
  no_sound_system: {
    message: "The computer's sound does not answer.",
    what_to_do: "See that it has a sound card, and that PulseAudio, PipeWire or the Windows Audio service runs.",
  },
  no_microphone: { message: "No microphone was found.", what_to_do: "Plug in a headset: it appears here by itself." },
  no_loopback: {
    message: "No output was found that the customer can be heard through.",
    what_to_do: "Connect a headset or loudspeakers. On Linux, PulseAudio or PipeWire has to run.",
  },
  device_not_found: { message: "A chosen device is not plugged in.", what_to_do: "Plug it in, or choose another one." },
  device_denied: {
    message: "The system does not let Cueline use the microphone.",
    what_to_do: "Allow it in the system's privacy settings, then come back here.",
  },
  device_failed: {
    message: "A device could not be opened.",
    what_to_do: "Close other programs that use it alone, or choose another one.",
  },
};

/** A notice about sound in plain words; any other notice as it is. */
export function soundNotice(notice: Notice): Notice {
  const plain = PLAIN[notice.code];
  return plain ? { code: notice.code, ...plain } : notice;
}
