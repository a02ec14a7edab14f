/** Whole cents in a typed sum (`1,840.50`, `$60`); null where it is none, or has parts of a cent. */
export function centsOf(typed: string): number | null {
  const plain = typed.replace(/[\s$£€]/g, "");
  const read = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(plain);
  if (!read) return null;
  const cents = Number(read[1]?.replaceAll(",", "")) * 100 + Number((read[2] ?? "").padEnd(2, "0"));
  return Number.isSafeInteger(cents) ? cents : null;
}

/** Whole cents of a sum that the engine or a call context names. */
export const centsIn = (sum: number): number => Math.round(sum * 100);

/** A sum as it is typed: `1,840.00`. */
export function sumOf(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${String(cents % 100).padStart(2, "0")}`;
}

/** A sum as it is written where the customer is: `$1,840.00`. Without a sign where that is not known. */
export function money(cents: number, jurisdiction: string): string {
  const sign = jurisdiction.startsWith("US") ? "$" : jurisdiction.startsWith("UK") ? "£" : "";
  return `${sign}${sumOf(cents)}`;
}
