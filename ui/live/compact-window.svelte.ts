import { setCompact } from "../lib/backend";
import { remember, remembered } from "./remembered";

/** The window's small form, as far as this screen asked for it. The layout itself follows the window's size. */
export class CompactWindow {
  on = $state(false);
  /** To be said once: this desktop keeps no window above the others. */
  notOnTop = $state(false);
  /** What was asked for last; the desktop may still be at it. */
  #wanted = false;
  #asking = false;

  /** Makes the window small or gives it back its size. What is asked for meanwhile is done afterwards. */
  async set(on: boolean): Promise<void> {
    this.#wanted = on;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#wanted !== this.on) {
        const wanted = this.#wanted;
        const { on_top } = await setCompact(wanted);
        this.on = wanted;
        this.notOnTop = wanted && !on_top && !remembered("told-not-on-top");
      }
    } finally {
      this.#wanted = this.on;
      this.#asking = false;
    }
  }

  toggle(): Promise<void> {
    return this.set(!this.#wanted);
  }

  /** It was said and read. */
  told(): void {
    this.notOnTop = false;
    remember("told-not-on-top", true);
  }
}
