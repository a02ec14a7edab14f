import type { Proof } from "../lib/bindings/Proof";
import type { ProofFault } from "../lib/bindings/ProofFault";

/** What a look at all ledgers found, in a sentence; the first fault by name. */
export function proofWords({ calls, entries, imported, accesses, faults }: Proof): string {
  const [first] = faults;
  if (!first) return `Intact: ${calls} ${calls === 1 ? "call" : "calls"}, ${entries} ledger ${entries === 1 ? "row" : "rows"}, the chain that joins them, and ${accesses} ${accesses === 1 ? "row" : "rows"} of the access log.${imported > 0 ? ` ${imported} ${imported === 1 ? "call was" : "calls were"} imported: proved since then, and before by ${imported === 1 ? "its own ledger" : "their own ledgers"} alone.` : ""}`;
  const more = faults.length > 1 ? ` ${faults.length - 1} more.` : "";
  return `Not as it was written: ${faultWords(first)}.${more}`;
}

function faultWords(fault: ProofFault): string {
  switch (fault.what) {
    case "ledger":
      return `the ledger of call ${fault.call} from row ${fault.first} on`;
    case "unreadable":
      return `call ${fault.call} can't be read`;
    case "unsealed":
      return `call ${fault.call} is not in the chain`;
    case "seal":
      return `the chain of ${fault.machine} from its place ${fault.place} on`;
    case "gone":
      return `call ${fault.call} is gone, and no deletion says why`;
    case "access":
      return `the access log of ${fault.machine} from its row ${fault.place} on`;
    case "changed":
      return `call ${fault.call} is another than the chain has`;
  }
}
