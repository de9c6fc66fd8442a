import * as z from 'zod/mini';
import type { LocalServer } from '../../infra/local/listen.ts';
import type { Calls } from '../support/counting-proxy.ts';
import { type Call, httpProxy } from '../support/http-proxy.ts';

/** What DynamoDB bills: request units of writes to the table and to its index, and of reads. */
export interface Units {
  readonly table: number;
  readonly index: number;
  readonly read: number;
}

export interface DynamodbMeter extends LocalServer {
  /** What was called and consumed since the last time. */
  take(): { calls: Calls; units: Units };
}

const Used = z.object({ CapacityUnits: z.number() });
const Answer = z.object({
  ConsumedCapacity: z.optional(
    z.object({
      CapacityUnits: z.number(),
      Table: z.optional(Used),
      GlobalSecondaryIndexes: z.optional(z.record(z.string(), Used)),
    }),
  ),
});
const Request = z.looseObject({ ConsistentRead: z.optional(z.boolean()) });

const isRead = (operation: string): boolean => /^(GetItem|Query)$/.test(operation);

/**
 * The units of one call, by the engine's own `ReturnConsumedCapacity`. DynamoDB Local reports what its table and its index
 * consume; dynalite leaves the index out. Two things no engine reports, and AWS bills: a read that finds nothing (the
 * least that a read costs), and a write whose condition fails (one unit here: the size of the item is not known).
 */
export function unitsOf({ operation, body }: Pick<Call, 'operation' | 'body'>, answer: string): Units {
  const { data } = z.safeParse(Answer, JSON.parse(answer));
  const used = data?.ConsumedCapacity;
  if (isRead(operation)) {
    const least = z.parse(Request, JSON.parse(body)).ConsistentRead ? 1 : 0.5;
    return { table: 0, index: 0, read: Math.max(least, used?.CapacityUnits ?? 0) };
  }
  const indexes = Object.values(used?.GlobalSecondaryIndexes ?? {});
  return {
    table: used?.Table?.CapacityUnits ?? 1,
    index: indexes.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0),
    read: 0,
  };
}

/** Makes every call ask for the capacity that it consumes. */
const asking = ({ body }: Call): Partial<Call> => ({
  body: JSON.stringify({ ...JSON.parse(body), ReturnConsumedCapacity: 'INDEXES' }),
});

/** Stands before DynamoDB and counts what its callers call and consume. */
export async function dynamodbMeter(target: string): Promise<DynamodbMeter> {
  let calls: Record<string, number> = {};
  let units: Units = { table: 0, index: 0, read: 0 };
  const proxy = await httpProxy(target, {
    onCall: ({ operation }) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
      return { reaches: true, answer: 'real', instead: asking };
    },
    onAnswer: (call, _status, body) => {
      const { table, index, read } = unitsOf(call, body);
      units = { table: units.table + table, index: units.index + index, read: units.read + read };
    },
  });
  return {
    ...proxy,
    take: () => {
      const taken = { calls, units };
      calls = {};
      units = { table: 0, index: 0, read: 0 };
      return taken;
    },
  };
}
