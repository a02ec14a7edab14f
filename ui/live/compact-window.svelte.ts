import { setCompact } from "../lib/backend";
import { remember, remembered } from "./remembered";

/** The window's small form, as far as this screen asked for it. The layout itself follows the window's size. */
export class CompactWindow {
  on = $state(false);
  /** To be said once: this desktop keeps no window above the others. */
  notOnTop = $state(false);
  #asking = false;

  /** Makes the window small or gives it back its size. */
  async set(on: boolean): Promise<void> {
    if (this.#asking || on === this.on) return;
    this.#asking = true;
    try {
      const { on_top } = await setCompact(on);
      this.on = on;
      this.notOnTop = on && !on_top && !remembered("told-not-on-top");
    } finally {
      this.#asking = false;
    }
  }

  toggle(): Promise<void> {
    return this.set(!this.on);
  }

  /** It was said and read. */
  told(): void {
    this.notOnTop = false;
    remember("told-not-on-top", true);
  }
}
