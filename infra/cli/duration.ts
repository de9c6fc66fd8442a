const units = [
  ['d', 24 * 3600],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Up to here seconds alone are easier to read. */
const onlySeconds = 120;

/** Seconds as a person says them, in their two largest units: `45 s`, `8 min`, `2 min 7 s`, `1 d 4 h`. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  if (rest < onlySeconds) return `${rest} s`;
  const first = units.findIndex(([, size]) => rest >= size);
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
