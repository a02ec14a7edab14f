import { expect, it } from "vitest";
import { dayEnd, dayOf, dayStart, narrowings, trimmed } from "./views";

it("reads days as they are on this computer's clock", () => {
  const start = dayStart("2026-11-14") ?? 0;
  expect(new Date(start).getHours()).toBe(0);
  expect(dayOf(start)).toBe("2026-11-14");
  expect(dayOf((dayEnd("2026-11-14") ?? 0) - 1)).toBe("2026-11-14");
  expect(dayOf(dayEnd("2026-12-31"))).toBe("2027-01-01");
  expect([dayStart(""), dayOf(undefined)]).toEqual([undefined, ""]);
});

it("keeps of a filter what narrows", () => {
  const filter = trimmed({ agent: "", missed: false, unsure: true, needs_review: undefined, min_seconds: 60 });
  expect(filter).toEqual({ unsure: true, min_seconds: 60 });
  expect(narrowings(filter)).toBe(2);
});
