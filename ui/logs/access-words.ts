import type { AccessEntry } from "../lib/bindings/AccessEntry";
import type { AccessKind } from "../lib/bindings/AccessKind";
import { ROLES } from "../review/rights";

/** What was done, for people; in the order of the filter. */
export const KINDS: Record<AccessKind, string> = {
  call_opened: "Call opened",
  recording_played: "Recording played",
  searched: "Searched",
  scores_compared: "Scores compared",
  exported: "Exported",
  imported: "Imported",
  deleted: "Call deleted",
  recording_deleted: "Recording deleted",
  held: "Legal hold",
  hold_lifted: "Legal hold lifted",
  retention_changed: "Retention changed",
  signed_in: "Role taken up",
  wrong_passphrase: "Wrong passphrase",
  passphrase_set: "Passphrase set",
  passphrases_removed: "Passphrases removed",
};

/** Who it was: by name, and as what. */
export function whoWords({ name, role }: Pick<AccessEntry, "name" | "role">): string {
  return role === undefined ? `${name}, by itself` : `${name}, ${ROLES[role].toLowerCase()}`;
}
