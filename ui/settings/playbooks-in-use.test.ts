import { expect, it } from "vitest";
import { playbook } from "../test/scripted-backend";
import { playbooksInUse } from "./playbooks-in-use";

it("names a playbook once, with every kind of call that it is for", () => {
  const service = { ...playbook, id: "customer-service", title: "Customer service", cues: [] };
  expect(
    playbooksInUse([
      { mode: "third_party", view: playbook },
      { mode: "first_party", view: playbook },
      { mode: "customer_service", view: service },
    ]),
  ).toEqual([
    { id: "collections-us", title: "Collections", version: "1", cues: 3, duties: 1, modes: ["third_party", "first_party"] },
    { id: "customer-service", title: "Customer service", version: "1", cues: 0, duties: 0, modes: ["customer_service"] },
  ]);
});
