import { countCalls, listCalls, noticeOf } from "../lib/backend";
import type { CallFilter } from "../lib/bindings/CallFilter";
import type { CallOrder } from "../lib/bindings/CallOrder";
import type { CallSummary } from "../lib/bindings/CallSummary";
import type { Notice } from "../lib/bindings/Notice";

/** Calls asked for at once. */
const PAGE = 50;

/** Pages kept; the one that was shown longest ago goes first. */
const KEPT = 20;

/** The calls that a filter lets through, read page by page as they are looked at. */
export class CallPages {
  filter: CallFilter = $state.raw({});
  order: CallOrder = $state("attention");
  /** How many there are; null until that is known. */
  total: number | null = $state(null);
  notice: Notice | null = $state.raw(null);
  #pages: ReadonlyMap<number, readonly CallSummary[]> = $state.raw(new Map());
  readonly #asked = new Set<number>();
  /** Counts the questions: an answer to an earlier one is not shown. */
  #question = 0;
  /** The question that what is here answers. */
  #answered = $state(0);

  /** Asks anew: other calls, another order, or the same after something has changed. */
  async show(filter: CallFilter, order: CallOrder): Promise<void> {
    const question = ++this.#question;
    this.filter = filter;
    this.order = order;
    this.#asked.clear();
    try {
      const [total, first] = await Promise.all([countCalls(filter), listCalls(filter, order, PAGE, 0)]);
      if (question !== this.#question) return;
      this.#pages = new Map([[0, first]]);
      this.#asked.clear();
      this.#asked.add(0);
      this.total = total;
      this.#answered = question;
      this.notice = null;
    } catch (rejection) {
      if (question === this.#question) this.notice = noticeOf(rejection);
    }
  }

  /** The call at a place of the list; undefined while it is on its way. */
  at(index: number): CallSummary | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** The place of a call among those that are here; -1 where it is not. */
  placeOf(id: string): number {
    for (const [page, calls] of this.#pages) {
      const place = calls.findIndex((call) => call.id === id);
      if (place >= 0) return page * PAGE + place;
    }
    return -1;
  }

  /** Sees that the calls between two places are here; to be asked again once another question is answered. */
  need(from: number, to: number): void {
    if (this.#answered === 0) return;
    for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(from, to - 1) / PAGE); page++) void this.#read(page);
  }

  async #read(page: number): Promise<void> {
    if (this.#asked.has(page) || page < 0 || page * PAGE >= (this.total ?? 0)) return;
    this.#asked.add(page);
    const question = this.#question;
    try {
      const calls = await listCalls(this.filter, this.order, PAGE, page * PAGE);
      if (question !== this.#question) return;
      const kept = [...this.#pages, [page, calls] as const].slice(-KEPT);
      for (const [old] of this.#pages) if (!kept.some(([there]) => there === old)) this.#asked.delete(old);
      this.#pages = new Map(kept);
    } catch (rejection) {
      this.#asked.delete(page);
      if (question === this.#question) this.notice = noticeOf(rejection);
    }
  }
}
