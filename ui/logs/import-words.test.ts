import { expect, it } from "vitest";
import { importWords } from "./import-words";

const refused = (count: number) => Array.from({ length: count }, () => ({ code: "import_changed", message: "m", what_to_do: "w" }));

it.each([
  [{ imported: 3, already: 1, refused: [] }, "3 calls imported, 1 was already here."],
  [{ imported: 1, already: 0, refused: [] }, "1 call imported."],
  [{ imported: 0, already: 2, refused: refused(1) }, "No calls imported, 2 were already here, 1 file was refused."],
  [{ imported: 0, already: 0, refused: refused(2) }, "No calls imported, 2 files were refused."],
  [{ imported: 0, already: 0, refused: [] }, "There is no export as JSON in this folder."],
])("tells what became of %j", (result, words) => expect(importWords(result)).toBe(words));
