/** Seconds of a call as its clock shows them: `04:12`, `1:02:09`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** How long ago something was said, in words. */
export function ago(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 1) return "now";
  if (whole < 60) return `${whole} s ago`;
  return `${Math.floor(whole / 60)} min ago`;
}
