/** The kinds of value that the webhooks of both vendors have. */
import * as z from 'zod/mini';
import { mostFaults } from '../config/limits.ts';

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

/** Entries that are parsed together: a parse for each entry costs more than the entry. */
const atOnce = 100;

/**
 * A list with at least one entry. Reading ends soon after `mostFaults` faults: 256 KiB may have a hundred thousand
 * wrong entries, and to collect the faults of all of them takes seconds, or more stack than there is.
 */
export function boundedList<Schema extends z.ZodMiniType>(entry: Schema) {
  const part = z.array(entry);
  return z.pipe(
    z.array(z.unknown()).check(z.minLength(1)),
    z.transform((values: unknown[], context): z.output<Schema>[] => {
      const read: z.output<Schema>[] = [];
      for (let start = 0; start < values.length && context.issues.length <= mostFaults; start += atOnce) {
        const entries = values.slice(start, start + atOnce);
        const parsed = z.safeParse(part, entries);
        if (parsed.success) read.push(...parsed.data);
        else context.issues.push(...parsed.error.issues.map((issue) => further(issue, start)));
      }
      return read;
    }),
  );
}

/** The issue of an entry, with its place in the whole list. */
function further(issue: z.core.$ZodIssue, start: number): z.core.$ZodRawIssue {
  const [index, ...path] = issue.path;
  return { ...issue, input: undefined, path: [start + Number(index), ...path] } as z.core.$ZodRawIssue;
}
