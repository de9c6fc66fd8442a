import { setTimeout } from 'node:timers/promises';
import { isEqual } from '../../../lib/returns/merge.ts';
import { isSameReturn } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import type { Term } from '../../../lib/returns/vocabulary.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { keys, unmappedTask } from '../../../lib/table/keys.ts';
import type { TaskEntry } from '../../../lib/table/tasks-index.ts';
import { type Mapping, putMapping, wasUnmapped } from '../../../lib/table/term-mappings.ts';
import { CommandError } from '../../cli/command-line.ts';
import { awsFailure } from '../aws/aws-error.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import type { Previewed } from '../preview/format-preview.ts';
import { makeChange, previewChange } from './change-return.ts';
import { listEntries } from './waiting-returns.ts';

/** How long after the first query the index is queried again, in milliseconds. */
const secondQueryMs = 2000;

/**
 * Stores a mapping, then sends a message for every order with a return that waits for it. The mapping is stored first.
 * Every later decision uses it, so the next webhook of an order releases a return that this command misses. The index
 * follows the table within a second, so it is queried twice. A return that began to wait just before the mapping may be
 * missing at first. A return may also begin to wait at the same time. Then the worker finds the mapping, because it
 * reads the mappings again after it has written the return.
 */
export async function mapAndRelease(bridge: OpenBridge, mapping: Mapping, by: string) {
  // Without a queue nothing may be stored.
  bridge.queueUrl();
  const before = await putMapping(bridge.items, mapping, { at: isoTime(bridge.now()), by });
  const released = new Map<string, Set<string>>();
  const cause = keys.mapping(mapping).sk;
  const release = async (): Promise<void> => {
    const unmapped = Map.groupBy(await needing(bridge, mapping), ({ orderId }) => orderId);
    const orders = [...unmapped.keys()].filter((orderId) => !released.has(orderId));
    await makeChange(bridge, { orders, cause, by });
    for (const [orderId, own] of unmapped) {
      released.set(orderId, new Set([...(released.get(orderId) ?? []), ...own.map(returnId)]));
    }
  };
  if (await wasUnmapped(bridge.items, mapping)) {
    try {
      await release();
      // The local engine's index never lags.
      await setTimeout(bridge.stage.name === 'local' ? 0 : secondQueryMs);
      await release();
    } catch (error) {
      const { message } = awsFailure(error) ?? {};
      if (message === undefined) throw error;
      throw new CommandError(
        `The mapping is stored, but some returns are not released yet: run the same command again. ${message}`,
      );
    }
  }
  return {
    /** The earlier meaning of the term, if it had one. */
    before,
    /** The released returns, by their order. */
    released: [...released].map(([orderId, returns]) => ({ orderId, returns: [...returns] })),
  };
}

/** The returns that need the mapping of a term: those that wait for it, and listed ones. */
async function needing(bridge: OpenBridge, { field, text }: Term): Promise<TaskEntry[]> {
  const term = { field, text };
  const waiting = await listEntries(bridge, unmappedTask(term));
  const asking = await listEntries(bridge, 'ATTENTION');
  return [...waiting, ...asking.filter(({ unmappedTerm }) => isEqual(unmappedTerm, term))];
}

/** What the worker would do with each return that waits for a mapping. */
export async function previewMapping(bridge: OpenBridge, mapping: Mapping, by: string): Promise<Previewed[]> {
  const waiting = await needing(bridge, mapping);
  const orders = [...new Set(waiting.map(({ orderId }) => orderId))];
  const write = ({ items }: TableClient) => putMapping(items, mapping, { at: isoTime(bridge.now()), by });
  return previewChange(bridge, { orders, write }, (ref) => waiting.some((one) => isSameReturn(one, ref)));
}
