/** A stretch of text and whether it is marked. */
export type Stretch = { text: string; tone: string | null };

/** Words to mark, with the tone of the mark. */
export type Mark = { quote: string; tone: string };

/**
 * Cuts a text into marked and plain stretches.
 *
 * A quote is looked for without regard to case. One that is not in the text, because the final differs from the
 * partial it was heard in, marks nothing. Where two marks overlap the earlier one stays.
 */
export function markedText(text: string, marks: readonly Mark[]): Stretch[] {
  const lower = text.toLowerCase();
  const spans = marks
    .map(({ quote, tone }) => ({ from: quote ? lower.indexOf(quote.toLowerCase()) : -1, length: quote.length, tone }))
    .filter((span) => span.from >= 0)
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { from, length, tone } of spans) {
    if (from < at) continue;
    if (from > at) stretches.push({ text: text.slice(at, from), tone: null });
    stretches.push({ text: text.slice(from, from + length), tone });
    at = from + length;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), tone: null });
  return stretches;
}

/** The quote with a few words around it, for a card that has no room for a long utterance. */
export function aroundQuote(text: string, quote: string, room: number): string {
  const from = text.toLowerCase().indexOf(quote.toLowerCase());
  if (from < 0) return quote;
  if (text.length <= room) return text;
  const spare = Math.max(0, room - quote.length);
  let start = Math.max(0, from - Math.ceil(spare * 0.6));
  let end = Math.min(text.length, Math.max(from + quote.length, start + room));
  if (start > 0) {
    const space = text.indexOf(" ", start);
    start = space >= 0 && space < from ? space + 1 : from;
  }
  if (end < text.length) {
    const space = text.lastIndexOf(" ", end);
    end = space >= from + quote.length ? space : from + quote.length;
  }
  return `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}
