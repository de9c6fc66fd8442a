/** Seconds as a person says them: `45 s`, `8 min`, `2 min 7 s`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 3600) return units([Math.floor(whole / 60), 'min'], [whole % 60, 's']);
  const minutes = Math.round(whole / 60);
  return units([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
}

const units = (...counts: [number, string][]): string =>
  counts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
