import type { Notice } from "../lib/bindings/Notice";

/** Notices kept; a repeated one replaces its earlier self. */
const NOTICES_KEPT = 5;

/** Where on the live screen a notice is told: where its matter is. */
export type NoticeZone = "voice" | "words";

const SOUND = new Set(["device_lost", "device_mute", "device_found", "sound_system_lost", "customer_silent", "agent_silent", "device_failed"]);
const LOST = new Set(["device_lost", "device_mute", "sound_system_lost"]);

/** Troubles with sound stand where the voices are measured, all others where the words are written down. */
export function noticeZone({ code }: Notice): NoticeZone {
  return SOUND.has(code) ? "voice" : "words";
}

/** Adds a notice; the same one again moves to the end, and a device that is back takes the loss of it away. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  const settled = ({ code }: Notice) => code === notice.code || (notice.code === "device_found" && LOST.has(code)) || (LOST.has(notice.code) && code === "device_found");
  const others = notices.filter((known) => !(settled(known) && whose(known) === whose(notice)));
  return [...others, notice].slice(-NOTICES_KEPT);
}

/** Notices without one that the agent has read. */
export function withoutNotice(notices: readonly Notice[], read: Notice): readonly Notice[] {
  return notices.filter((notice) => notice !== read);
}

/** The lane that a notice of a device names; each side may be lost on its own. */
function whose({ code, message }: Notice): string | null {
  if (!SOUND.has(code)) return null;
  return /^The (agent|customer)'s /.exec(message)?.[1] ?? null;
}
