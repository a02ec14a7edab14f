import { expect, it } from "vitest";
import type { Notice } from "../lib/bindings/Notice";
import { noticeZone, withNotice, withoutNotice } from "./notices";

const notice = (code: string, message = code): Notice => ({ code, message, what_to_do: "" });
const after = (...all: Notice[]) => all.reduce(withNotice, [] as readonly Notice[]).map(({ message }) => message);

const lost = (lane: string) => notice("device_lost", `The ${lane}'s microphone “Headset” is gone.`);
const found = (lane: string) => notice("device_found", `The ${lane}'s audio is back.`);

it("shows a repeated notice once, in its newest words", () => {
  expect(after(notice("log_dropped", "3 events were lost."), notice("disk_full"), notice("log_dropped", "9 events were lost."))).toEqual([
    "disk_full",
    "9 events were lost.",
  ]);
});

it("tells of both sides' devices", () => {
  expect(after(lost("agent"), lost("customer"))).toHaveLength(2);
});

it("takes the loss away when that side's device is back", () => {
  expect(after(lost("agent"), lost("customer"), found("agent"))).toEqual([lost("customer").message, found("agent").message]);
  expect(after(found("agent"), lost("agent"))).toEqual([lost("agent").message]);
});

it("keeps a handful", () => {
  expect(after(...Array.from({ length: 9 }, (_, i) => notice(`n${i}`)))).toEqual(["n4", "n5", "n6", "n7", "n8"]);
});

it("forgets one that was read", () => {
  const read = lost("agent");
  expect(withoutNotice([read, lost("customer")], read)).toHaveLength(1);
});

it.each([
  ["device_lost", "voice"],
  ["customer_silent", "voice"],
  ["disk_full", "words"],
  ["something_new", "words"],
])("tells of %s in the zone of the %s", (code, zone) => {
  expect(noticeZone(notice(code))).toBe(zone);
});
