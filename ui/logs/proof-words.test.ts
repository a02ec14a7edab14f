import { expect, it } from "vitest";
import { proofWords } from "./proof-words";

const proof = { calls: 3, entries: 12, unchained: 0, imported: 0, accesses: 5, chains: [], faults: [] };

it("says intact, or names the first fault", () => {
  expect(proofWords(proof)).toBe("Intact: 3 calls, 12 ledger rows, the chain that joins them, and 5 rows of the access log.");
  expect(proofWords({ ...proof, imported: 1 })).toContain("1 call was imported: proved since then, and before by its own ledger alone.");
  const faults = [{ what: "ledger" as const, call: "c7", first: 4 }, { what: "gone" as const, call: "c8" }];
  expect(proofWords({ ...proof, faults })).toBe("Not as it was written: the ledger of call c7 from row 4 on. 1 more.");
});
