import { expect, it } from "vitest";
import type { ReviewEntry } from "../lib/bindings/ReviewEntry";
import type { ReviewMark } from "../lib/bindings/ReviewMark";
import type { Scorecard } from "../lib/bindings/Scorecard";
import { blindTo, pointsOf, pointsWords, reviewedScore } from "./scored";

const card: Scorecard = {
  items: [
    { title: "Said", weight: 5, by: "auto", state: "scored", points: 2.5, evidence: [] },
    { title: "Dignity", weight: 5, by: "human", state: "human", evidence: [] },
    { title: "Rights", weight: 8, by: "suggested", state: "not_applicable", evidence: [] },
  ],
  points: 2.5,
  of: 5,
  held: [],
};

const entry = (author: string, mark: ReviewMark, at = 1): ReviewEntry => ({ id: `${author}${at}`, call: "c1", author, role: "team_lead", at, mark });
const score = (item: string, points?: number): ReviewMark => ({ kind: "score", item, reason: "heard it", ...(points === undefined ? {} : { points }) });

it("is the events' where nobody has looked", () => {
  const { items, points, of } = reviewedScore(card, []);
  expect(items.map((item) => item.points)).toEqual([2.5, null, null]);
  expect([points, of]).toEqual([2.5, 5]);
});

it("is the newest person's, each with one word", () => {
  const { items, points, of } = reviewedScore(card, [
    entry("Ana", score("Said", 5)), entry("Ben", score("Said", 3)), entry("Ana", score("Said", 4), 2), entry("Ana", score("Dignity", 5), 3),
  ]);
  expect(items[0]?.people.map(({ author, points }) => [author, points])).toEqual([["Ben", 3], ["Ana", 4]]);
  expect([points, of]).toEqual([9, 10]);
});

it("falls back when a person takes it back, and keeps what the agent says against it", () => {
  const { items } = reviewedScore(card, [entry("Ana", score("Said", 5)), entry("Ana", score("Said"), 2), entry("Marcus", { kind: "dispute", item: "Said", comment: "I said it." })]);
  expect(items[0]?.points).toBe(2.5);
  expect(items[0]?.objections.map(({ comment }) => comment)).toEqual(["I said it."]);
});

it("hides what others gave an item from who scores blind, until they have given theirs", () => {
  const note: ReviewMark = { kind: "note", text: "Calm.", tags: [] };
  const dispute: ReviewMark = { kind: "dispute", item: "Dignity", comment: "Five, not two." };
  const said = [entry("Ben", score("Said", 3)), entry("Ben", score("Dignity", 2), 2), entry("Marcus", dispute, 3), entry("Ben", note, 4)];
  const seen = (more: ReviewEntry[]) => blindTo([...said, ...more], "Ana").map(({ id }) => id);
  expect(seen([])).toEqual(["Ben4"]);
  expect(seen([entry("Ana", score("Said", 5), 5)])).toEqual(["Ben1", "Ben4", "Ana5"]);
  expect(seen([entry("Ana", score("Dignity", 5), 5)])).toEqual(["Ben2", "Marcus3", "Ben4", "Ana5"]);
  expect(seen([entry("Ana", score("Said", 5), 5), entry("Ana", score("Said"), 6)])).toEqual(["Ben4", "Ana5", "Ana6"]);
  expect(reviewedScore(card, blindTo(said, "Ana")).points).toBe(2.5);
});

it("takes points that the item can have", () => {
  expect(["4", "4.5", "4,5", "0", " 5 ", "6", "-1", "a", ""].map((typed) => pointsOf(typed, 5))).toEqual([4, 4.5, 4.5, 0, 5, null, null, null, null]);
  expect([pointsWords(4), pointsWords(2.5), pointsWords(1 / 3)]).toEqual(["4", "2.5", "0.3"]);
});
