import type { Lane } from "../lib/bindings/Lane";
import type { Settings } from "../lib/bindings/Settings";
import type { Device } from "../lib/bindings/Device";

/** The devices that a lane can be captured from: the agent's own voice, or what the computer plays. */
export function devicesOf(lane: Lane, devices: readonly Device[]): readonly Device[] {
  return devices.filter(({ kind }) => kind === (lane === "agent" ? "microphone" : "loopback"));
}

/** The device that a lane is captured from: the one that was chosen, else the system's own choice. */
export function chosenOf(lane: Lane, devices: readonly Device[], settings: Settings): string | null {
  const kept = lane === "agent" ? settings.agent_device : settings.customer_device;
  if (kept !== null) return kept;
  const fitting = devicesOf(lane, devices);
  return (fitting.find(({ is_default }) => is_default) ?? fitting[0])?.id ?? null;
}
