import { noticeOf, saveSettings } from "../lib/backend";
import type { Notice } from "../lib/bindings/Notice";
import type { Settings } from "../lib/bindings/Settings";

/** Keeps changed settings, and has the reason where that failed. */
export class SettingsKeeper {
  notice: Notice | null = $state.raw(null);
  readonly #onkept: (settings: Settings) => void;

  constructor(onkept: (settings: Settings) => void) {
    this.#onkept = onkept;
  }

  /** True once they are kept. */
  async keep(settings: Settings): Promise<boolean> {
    try {
      await saveSettings(settings);
      this.#onkept(settings);
      this.notice = null;
      return true;
    } catch (rejection) {
      this.notice = noticeOf(rejection);
      return false;
    }
  }
}
