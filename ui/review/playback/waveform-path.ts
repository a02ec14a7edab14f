/** Peaks drawn as bars, both ways from a middle line, in a box one wide for each peak and 100 high. */
export function waveformPath(peaks: readonly number[]): string {
  return peaks
    .map((peak, i) => {
      // A lane that is silent is a thin line.
      const half = Math.max(0.75, (peak / 255) * 50);
      return `M${i + 0.2} ${(50 - half).toFixed(1)}h.6v${(2 * half).toFixed(1)}h-.6z`;
    })
    .join("");
}

/** The same waveform with fewer peaks, the highest of each group. */
export function fewerPeaks(peaks: readonly number[], wanted: number): readonly number[] {
  if (wanted >= peaks.length) return peaks;
  return Array.from({ length: wanted }, (_, i) => {
    const [from, to] = [Math.floor((i * peaks.length) / wanted), Math.floor(((i + 1) * peaks.length) / wanted)];
    return Math.max(...peaks.slice(from, to));
  });
}
