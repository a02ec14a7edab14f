import { expect, it } from "vitest";
import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import type { ReviewMark } from "../lib/bindings/ReviewMark";
import { coachingOf, tagsOf } from "./coaching";

const entry = (id: string, mark: ReviewMark): ReviewEntry => ({ id, call: "c1", author: "Ana", role: "team_lead", at: 5, mark });

it("sorts what was said of a call", () => {
  const { notes, tasks, moments } = coachingOf([
    entry("1", { kind: "note", at: 118, text: "Said back.", tags: ["paraphrase"] }),
    entry("2", { kind: "note", text: "A calm call.", tags: [] }),
    entry("3", { kind: "task", text: "Open with your name." }),
    entry("4", { kind: "task", text: "Slow down." }),
    entry("5", { kind: "task_done", task: "3" }),
    entry("6", { kind: "playlist", at: 118, start: 113, end: 123, name: "Saying it back" }),
    entry("7", { kind: "reviewed", done: true }),
  ]);
  expect(notes.map(({ moment, text }) => [moment, text])).toEqual([[118, "Said back."], [null, "A calm call."]]);
  expect(tasks.map(({ text, done }) => [text, done])).toEqual([["Open with your name.", true], ["Slow down.", false]]);
  expect(moments).toEqual([{ id: "6", at: 118, start: 113, end: 123, playlist: "Saying it back" }]);
});

it("reads tags", () => {
  expect(tagsOf(" Pace, empathy,, pace ")).toEqual(["pace", "empathy"]);
  expect(tagsOf("")).toEqual([]);
});
