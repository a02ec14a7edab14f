import type { Role } from "../lib/bindings/Role";

/** What somebody may do with a call's review. The app holds to the same table. */
export type Rights = { scores: boolean; judges: boolean; coaches: boolean; disputes: boolean; holds: boolean; deletes: boolean };

const RIGHTS: Record<Role, Rights> = {
  agent: { scores: false, judges: false, coaches: false, disputes: true, holds: false, deletes: false },
  team_lead: { scores: true, judges: true, coaches: true, disputes: false, holds: true, deletes: true },
  auditor: { scores: false, judges: true, coaches: false, disputes: false, holds: true, deletes: false },
};

/** What somebody in this role may do with a call's review. */
export function rightsOf(role: Role): Rights {
  return RIGHTS[role];
}

export const ROLES: Record<Role, string> = { agent: "Agent", team_lead: "Team lead", auditor: "Auditor" };
