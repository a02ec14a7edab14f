import { expect, it } from "vitest";
import { actionOf, KEYS, keyName } from "./keys";

const press = (key: string, target: EventTarget = document.body, more = {}) => ({ key, target, ctrlKey: false, altKey: false, metaKey: false, ...more });
const element = (html: string) => {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
};

it("knows its keys, each once", () => {
  expect(new Set(KEYS.map(({ key }) => key)).size).toBe(KEYS.length);
  expect(actionOf(press(" "))).toBe("play");
  expect(actionOf(press("R"))).toBe("reviewed");
  expect(actionOf(press("ArrowLeft"))).toBe("back");
  expect(actionOf(press("q"))).toBeNull();
  expect(keyName("play")).toBe("Space");
});

it("leaves keys to what has the keyboard, and to the system", () => {
  expect(actionOf(press("r", document.body, { ctrlKey: true }))).toBeNull();
  expect(actionOf(press("r", element("<input>")))).toBeNull();
  expect(actionOf(press("r", element("<textarea></textarea>")))).toBeNull();
  expect(actionOf(press("ArrowLeft", element("<input type=radio>")))).toBeNull();
  expect(actionOf(press("r", element("<input type=radio>")))).toBe("reviewed");
  expect(actionOf(press(" ", element("<button>Save</button>")))).toBeNull();
  expect(actionOf(press("r", element("<button>Save</button>")))).toBe("reviewed");
});
