import { expect, it } from "vitest";
import type { Device } from "../lib/bindings/Device";
import { settings } from "../test/scripted-backend";
import { chosenOf, devicesOf } from "./device-of-lane";

const device = (id: string, kind: Device["kind"], is_default = false): Device => ({ id, name: id, kind, is_default, host: "test" });

const devices = [device("laptop", "microphone"), device("headset", "microphone", true), device("monitor", "loopback")];

it("keeps microphones and the computer's sound apart", () => {
  expect(devicesOf("agent", devices).map(({ id }) => id)).toEqual(["laptop", "headset"]);
  expect(devicesOf("customer", devices).map(({ id }) => id)).toEqual(["monitor"]);
});

it("takes the default device, or the first where none is the default", () => {
  expect(chosenOf("agent", devices, settings)).toBe("headset");
  expect(chosenOf("customer", devices, settings)).toBe("monitor");
  expect(chosenOf("customer", [], settings)).toBeNull();
});

it("stays with a chosen device that is not plugged in", () => {
  expect(chosenOf("agent", devices, { ...settings, agent_device: "desk" })).toBe("desk");
});
