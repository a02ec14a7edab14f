import { expect, it, vi } from "vitest";
import { onGlobalKey, passGlobalKey } from "./global-key";

it("passes a shortcut to the screen that is up, and to none that is gone", () => {
  const screen = vi.fn();
  const leave = onGlobalKey(screen);
  passGlobalKey("pause");
  leave();
  passGlobalKey("done");
  expect(screen.mock.calls).toEqual([["pause"]]);
});
