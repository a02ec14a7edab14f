import { expect, it } from "vitest";
import { soundNotice } from "./sound-notice";

it("says a fault of the sound system without its ids", () => {
  const told = soundNotice({ code: "device_failed", message: "the audio device `pulseaudio:x.monitor` cannot be opened: EBUSY", what_to_do: "x" });
  expect(told.message).toBe("A device could not be opened.");
  expect(told.code).toBe("device_failed");
});

it("leaves every other notice as it is", () => {
  const full = { code: "disk_full", message: "The disk is full.", what_to_do: "Make space." };
  expect(soundNotice(full)).toBe(full);
});
