import { InvalidArgumentError } from 'commander';

const secondsIn: Record<string, number> = { m: 60, h: 3600, d: 24 * 3600 };

/** An option's value: from when on, ISO 8601 UTC. @param now milliseconds since the epoch */
export type Since = (now: number) => string;

/** Parses `--since`: how long ago (`30m`, `36h`, `7d`), or a time (`2026-11-27`, `2026-11-27T14:05Z`). */
export function since(text: string): Since {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const seconds = secondsIn[unit];
  if (seconds !== undefined) return (now) => new Date(now - Number(count) * seconds * 1000).toISOString();
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('Give 30m, 36h, 7d, or a time such as 2026-11-27T14:05Z.');
  }
  return () => new Date(text).toISOString();
}
