import { expect, it } from "vitest";
import { newContext } from "./draft";
import { CallForm } from "./call-form.svelte";

const link = (customer_name: string) => ({ ...newContext(), customer_name, mode: "first_party" as const });

it("gives back what the agent had typed when a link's words are not wanted", () => {
  const form = new CallForm();
  form.draft.customer_name = "Typed by hand";
  form.fill(link("From a link"));
  form.fill(link("From a second link"));
  expect([form.filled, form.draft.customer_name]).toEqual([true, "From a second link"]);
  form.undo();
  expect([form.filled, form.draft.customer_name]).toEqual([false, "Typed by hand"]);
});

it("forgets a link's words with their call, and goes on with the agent's own defaults", () => {
  const form = new CallForm();
  form.begin({ mode: "third_party", direction: "inbound", communication: "subsequent", jurisdiction: "US-TX", recording: true, level: "new" });
  form.fill(link("From a link"));
  form.next();
  expect(form.draft).toMatchObject({ mode: "third_party", direction: "inbound", customer_name: "" });
  expect(form.filled).toBe(false);
});
