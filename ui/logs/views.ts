import type { CallFilter } from "../lib/bindings/CallFilter";
import type { SavedView } from "../lib/bindings/SavedView";

/** The views that everybody has. */
export const VIEWS: readonly SavedView[] = [
  { name: "All calls", filter: {}, order: "attention" },
  { name: "Not reviewed", filter: { needs_review: true }, order: "attention" },
  { name: "Held", filter: { held: true }, order: "newest" },
  { name: "Missed disclosures", filter: { missed: true }, order: "newest" },
  { name: "Stop orders", filter: { stop_order: true }, order: "newest" },
];

/** Milliseconds at which a day begins that a date field names; undefined where it names none. */
export function dayStart(typed: string): number | undefined {
  const [year, month, day] = typed.split("-").map(Number);
  if (!year || !month || !day) return undefined;
  return new Date(year, month - 1, day).getTime();
}

/** The first millisecond after a day that a date field names. */
export function dayEnd(typed: string): number | undefined {
  const [year, month, day] = typed.split("-").map(Number);
  if (!year || !month || !day) return undefined;
  return new Date(year, month - 1, day + 1).getTime();
}

/** A day as a date field has it. */
export function dayOf(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "";
  const date = new Date(milliseconds);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A filter without what does not narrow it. */
export function trimmed(filter: { [Key in keyof CallFilter]: CallFilter[Key] | undefined }): CallFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== "" && value !== false)) as CallFilter;
}

/** How many ways a filter narrows the list. */
export function narrowings(filter: CallFilter): number {
  return Object.keys(trimmed(filter)).length;
}
