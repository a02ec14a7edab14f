/** Milliseconds without a key press after which a note is kept. */
const PAUSE = 400;

/** Keeps a note while it is being written. */
export class NoteKeeper {
  /** Where the newest words stand. */
  state: "writing" | "kept" | "failed" = $state("writing");
  #keep: (text: string) => Promise<boolean>;
  #kept: string | null = null;
  #newest: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  /** `keep` answers whether it was kept. */
  constructor(keep: (text: string) => Promise<boolean>) {
    this.#keep = keep;
  }

  /** The note has new words. */
  change(text: string): void {
    if (text === this.#newest) return;
    this.#newest = text;
    this.state = "writing";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Keeps at once what is not kept yet. Words that come meanwhile are kept after it, so that the newest count. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) return;
    this.#running = true;
    while (this.#newest !== null && this.#newest !== this.#kept) {
      const text = this.#newest;
      if (!(await this.#keep(text))) {
        this.#running = false;
        this.state = "failed";
        return;
      }
      this.#kept = text;
    }
    this.#running = false;
    if (this.#newest !== null) this.state = "kept";
  }
}
