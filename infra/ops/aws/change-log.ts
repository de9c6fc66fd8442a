import { z } from 'zod';
import { isoTime } from '../../../lib/runtime/time.ts';
import { keys } from '../../../lib/table/keys.ts';
import { maybePart, text } from '../result-fields.ts';
import type { OpenBridge } from './open-bridge.ts';

const change = { did: text('what'), at: text('when'), by: text('who') };
const Stored = z.object({ lastChange: z.object(change) });

/** What an operator changed last about the stage itself, as commands answer it. */
export const LastChange = maybePart(
  change,
  'who subscribed, unsubscribed or stored a key last, by a command',
);
type LastChange = z.infer<typeof LastChange>;

/** Notes in the table what an operator changed about the stage itself. What is about an order stands in its history. */
export async function noteChange({ items, now, caller }: OpenBridge, did: string): Promise<void> {
  await items.update(keys.bridge, { set: { lastChange: { did, at: isoTime(now()), by: await caller() } } });
}

export async function readLastChange({ items }: OpenBridge): Promise<LastChange> {
  const { data } = Stored.safeParse((await items.get(keys.bridge)) ?? {});
  return data?.lastChange ?? null;
}
