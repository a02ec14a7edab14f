import { expect, it } from "vitest";
import { actionOf, KEYS, keyName } from "./keys";

const press = (key: string, more = {}) => ({ key, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

it.each([
  ["1", "done"],
  ["3", "wrong"],
  ["F8", "pause"],
  ["F9", "compact"],
  ["t", "transcript"],
  ["T", "transcript"],
  ["?", "keys"],
  ["x", null],
])("takes %s as %s", (key, action) => {
  expect(actionOf(press(key), false)).toBe(action);
});

it("leaves a field what is typed, and pauses even from there", () => {
  expect(actionOf(press("1"), true)).toBeNull();
  expect(actionOf(press("t"), true)).toBeNull();
  expect(actionOf(press("F8"), true)).toBe("pause");
});

it("takes no key that is held, nor one with a modifier", () => {
  expect(actionOf(press("1", { repeat: true }), false)).toBeNull();
  expect(actionOf(press("1", { ctrlKey: true }), false)).toBeNull();
});

it("has one key for each action and one action for each key", () => {
  expect(new Set(KEYS.map(({ key }) => key)).size).toBe(KEYS.length);
  expect(new Set(KEYS.map(({ action }) => action)).size).toBe(KEYS.length);
  expect(keyName("pause")).toBe("F8");
});
