const units = [
  ['d', 24 * 3600],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A span of milliseconds as people say it, in its two largest units: `1 d 4 h`. */
export function age(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const first = units.findIndex(([, seconds]) => rest >= seconds);
  if (first < 0) return '0 s';
  const parts = units.slice(first, first + 2).map(([name, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return count > 0 ? `${count} ${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
