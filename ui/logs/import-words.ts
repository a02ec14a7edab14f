import type { ImportResult } from "../lib/bindings/ImportResult";

/** What became of an import, in a sentence. */
export function importWords({ imported, already, refused }: ImportResult): string {
  const parts = [`${calls(imported)} imported`];
  if (already > 0) parts.push(`${already} ${already === 1 ? "was" : "were"} already here`);
  if (refused.length > 0) parts.push(`${refused.length} ${refused.length === 1 ? "file was" : "files were"} refused`);
  return imported + already + refused.length === 0 ? "There is no export as JSON in this folder." : `${parts.join(", ")}.`;
}

const calls = (count: number) => (count === 1 ? "1 call" : `${count === 0 ? "No" : count} calls`);
