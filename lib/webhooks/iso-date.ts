const dateForm = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * ISO 8601 UTC with milliseconds, of an ISO date with offset or of `YYYY-MM-DD HH:mm:ss`, which Winkelstraat writes
 * in UTC. `undefined` when it is no date.
 */
export function isoUtc(value: string): string | undefined {
  const trimmed = value.trim();
  if (!dateForm.test(trimmed)) return undefined;
  const withTime = trimmed.length === 10 ? `${trimmed}T00:00:00` : trimmed.replace(' ', 'T');
  const withZone = /(Z|[+-]\d{2}:?\d{2})$/.test(withTime.slice(10)) ? withTime : `${withTime}Z`;
  const time = new Date(withZone);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
