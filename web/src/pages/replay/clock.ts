/** A moment in a session as `1:02.3`, or `1:04:02.3`. */
export function clock(millis: number): string {
  const tenths = Math.floor(millis / 100);
  const [hours, minutes, seconds] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, Math.floor(tenths / 10) % 60];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}.${tenths % 10}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
