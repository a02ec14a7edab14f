import type { Role } from "../lib/bindings/Role";

/** What somebody may do with calls. The app holds to the same table (`calls/src/access/right.rs`). */
export type Rights = {
  scores: boolean;
  judges: boolean;
  coaches: boolean;
  practises: boolean;
  calibrates: boolean;
  disputes: boolean;
  holds: boolean;
  deletes: boolean;
  exports: boolean;
  imports: boolean;
  retains: boolean;
  readsLog: boolean;
};

const RIGHTS: Record<Role, Rights> = {
  agent: { scores: false, judges: false, coaches: false, practises: true, calibrates: false, disputes: true, holds: false, deletes: false, exports: false, imports: false, retains: false, readsLog: false },
  team_lead: { scores: true, judges: true, coaches: true, practises: true, calibrates: true, disputes: false, holds: true, deletes: true, exports: true, imports: true, retains: true, readsLog: true },
  auditor: { scores: false, judges: true, coaches: false, practises: false, calibrates: false, disputes: false, holds: true, deletes: false, exports: true, imports: false, retains: false, readsLog: true },
};

/** What somebody in this role may do. As long as roles need no passphrase everybody exports and imports. */
export function rightsOf(role: Role, guarded = false): Rights {
  const rights = RIGHTS[role];
  return guarded ? rights : { ...rights, exports: true, imports: true };
}

export const ROLES: Record<Role, string> = { agent: "Agent", team_lead: "Team lead", auditor: "Auditor" };
