import { configure } from "@testing-library/svelte";

// Tests may share two slow cores with a build.
configure({ asyncUtilTimeout: 4000 });

/** What the screens ask of a window and jsdom does not have. */
class NoResize implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

globalThis.ResizeObserver ??= NoResize;
Element.prototype.scrollIntoView ??= () => {};
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
