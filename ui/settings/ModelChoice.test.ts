import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { AdvisedModel } from "../lib/bindings/AdvisedModel";
import type { Advice } from "../lib/bindings/Advice";
import type { ModelState } from "../lib/bindings/ModelState";
import { ScriptedBackend } from "../test/scripted-backend";
import ModelChoice from "./ModelChoice.svelte";

const model = (id: string, is: "ready" | "missing", suits: Advice["suits"], why: string): AdvisedModel => ({
  id, about: "A model.", size: 81_768_585, sha256: "", weights: "q8_0", licence: "MIT", languages: ["en"], is_default: false,
  state: { is } as ModelState, advice: { suits, why },
});

const models = [
  model("base-q8_0", "ready", "recommended", "a 3 s look takes 0.19 s on this machine"),
  model("tiny.en-q8_0", "missing", "fits", "a 3 s look should take about 0.1 s on this machine (an estimate)"),
  model("small.en-q8_0", "missing", "too_slow", "it would fall behind"),
];

it("says which model suits this machine and why, and offers those that fit", async () => {
  new ScriptedBackend({ list_models: () => models });
  const onpick = vi.fn();
  render(ModelChoice, { chosen: null, onpick });
  expect((await screen.findByTestId("model-why")).textContent).toBe("a 3 s look takes 0.19 s on this machine");
  expect(screen.queryByText(/small.en/)).toBeNull();
  expect(screen.getByRole<HTMLInputElement>("radio", { name: /tiny.en/ }).disabled).toBe(true);
  await userEvent.click(screen.getByRole("radio", { name: /^base-q8_0/ }));
  expect(onpick).toHaveBeenCalledWith("base-q8_0");
});

it("fetches a model that is not here, and then it can be chosen", async () => {
  let here = models;
  const backend = new ScriptedBackend({
    list_models: () => here,
    fetch_model: () => {
      here = models.map((one) => ({ ...one, state: { is: "ready" } as ModelState }));
      return null;
    },
  });
  render(ModelChoice, { chosen: null, onpick: vi.fn() });
  await userEvent.click(await screen.findByRole("button", { name: "Download" }));
  expect(backend.last("fetch_model")?.["id"]).toBe("tiny.en-q8_0");
  await vi.waitFor(() => expect(screen.getByRole<HTMLInputElement>("radio", { name: /tiny.en/ }).disabled).toBe(false));
});
