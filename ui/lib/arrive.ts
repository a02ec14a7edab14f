/** Takes the keyboard to a screen that has just come up, so that Tab goes on from its top. */
export function arrive(screen: HTMLElement): void {
  screen.tabIndex = -1;
  screen.focus({ preventScroll: true });
}
