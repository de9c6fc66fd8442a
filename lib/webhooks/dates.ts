const clock = String.raw`(?<hour>\d{2}):?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const zone = String.raw`(?<zone>Z|UTC|GMT|CET|CEST|[+-]\d{2}(?::?\d{2})?)`;
const time = `(?:[T ]${clock}(?: ?${zone})?)?`;

/** The ways in which PHP and Magento write a date. None can be read as another date. */
const forms = [
  // 2024-03-08 13:25:19, 2024-03-08T13:25:19.000+00:00
  String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})`,
  // 20240308T132519Z
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  // 08-03-2024 13:25:19: with dashes or dots PHP writes the day first.
  String.raw`(?<day>\d{1,2})(?<dash>[-.])(?<month>\d{1,2})\k<dash>(?<year>\d{4})`,
  // Fri, 08 Mar 2024 13:25:19 +0000
  String.raw`(?:[A-Z][a-z]{2}, )?(?<day>\d{1,2}) (?<name>[A-Z][a-z]{2}) (?<year>\d{4})`,
].map((day) => new RegExp(`^${day}${time}$`));

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const zones: Readonly<Record<string, number>> = { Z: 0, UTC: 0, GMT: 0, CET: 60, CEST: 120 };

function minutesOf(written: string | undefined): number {
  const known = zones[written ?? 'Z'];
  if (known !== undefined) return known;
  const [, sign, hours, minutes = '00'] = /^(.)(\d\d):?(\d\d)?$/.exec(written ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * Reads a date of PHP or Magento as ISO 8601 UTC with milliseconds. Without an offset it is UTC, as Winkelstraat writes
 * its times. `undefined` for no date, or one that the calendar does not have.
 */
export function isoUtc(value: string): string | undefined {
  const trimmed = value.trim();
  let parts: Record<string, string> | undefined;
  for (const form of forms) parts ??= form.exec(trimmed)?.groups;
  if (!parts) return undefined;
  const month = parts.name ? monthNames.indexOf(parts.name) : Number(parts.month) - 1;
  const [year, day, hour, minute, second] = (['year', 'day', 'hour', 'minute', 'second'] as const).map(
    (name) => Number(parts[name] ?? 0),
  ) as [number, number, number, number, number];
  const milliseconds = Number((parts.fraction ?? '').padEnd(3, '0').slice(0, 3));
  const local = new Date(Date.UTC(year, month, day, hour, minute, second, milliseconds));
  const exists = year >= 1000 && local.getUTCMonth() === month && local.getUTCDate() === day;
  const offset = minutesOf(parts.zone);
  if (!exists || hour > 23 || minute > 59 || second > 59 || Math.abs(offset) > 24 * 60) return undefined;
  const utc = new Date(local.getTime() - offset * 60_000);
  return Number.isNaN(utc.getTime()) ? undefined : utc.toISOString();
}
