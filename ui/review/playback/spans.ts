/** A stretch of a call, in seconds. */
export type Span = { start: number; end: number };

/** Seconds of a pause that stay when silence is skipped, on either side of what was said. */
const BREATH = 0.3;

/** The stretches in which somebody speaks, each with a breath around it; what touches is one stretch. */
export function voicedSpans(spoken: readonly Span[], length: number): readonly Span[] {
  const padded = spoken
    .map(({ start, end }) => ({ start: Math.max(0, start - BREATH), end: Math.min(length, end + BREATH) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of padded) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** The stretch in which a second lies. */
export function spanAt(spans: readonly Span[], second: number): Span | undefined {
  return spans.find(({ start, end }) => start <= second && second < end);
}

/** The next stretch to play from a second on, `longest` seconds at most; null where nothing is left before `stop`. */
export function nextSpan(from: number, stop: number, longest: number, voiced: readonly Span[] | null): Span | null {
  const span = voiced === null ? { start: from, end: stop } : voiced.find(({ end }) => end > from);
  if (!span) return null;
  const start = Math.max(from, span.start);
  const end = Math.min(span.end, start + longest, stop);
  return end > start ? { start, end } : null;
}
