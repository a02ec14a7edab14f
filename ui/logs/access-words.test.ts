import { expect, it } from "vitest";
import { whoWords } from "./access-words";

it("says who it was", () => {
  expect(whoWords({ name: "Ana", role: "team_lead" })).toBe("Ana, team lead");
  expect(whoWords({ name: "Cueline" })).toBe("Cueline, by itself");
});
