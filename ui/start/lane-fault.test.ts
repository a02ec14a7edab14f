import { expect, it } from "vitest";
import type { Device } from "../lib/bindings/Device";
import { laneFault } from "./lane-fault";

const device = (id: string, kind: Device["kind"]): Device => ({ id, name: id, kind, is_default: false, host: "test" });

const headset = [device("mic", "microphone"), device("monitor", "loopback")];

it("finds nothing wrong where both are there", () => {
  expect(laneFault("agent", headset, "mic")).toBeNull();
  expect(laneFault("customer", headset, "monitor")).toBeNull();
});

it("tells a missing microphone from one that was unplugged", () => {
  expect(laneFault("agent", [device("monitor", "loopback")], null)?.message).toBe("No microphone was found.");
  expect(laneFault("agent", headset, "desk")?.message).toBe("The microphone you chose is not plugged in.");
});

it("says what to do where the customer can't be captured", () => {
  expect(laneFault("customer", [device("mic", "microphone")], null)?.what_to_do).toContain("Connect a headset");
});
