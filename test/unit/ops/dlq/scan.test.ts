import { scanQueue } from '../../../../infra/ops/dlq/scan.ts';
import { OldestFirstSqs } from '../../../support/doubles/oldest-first-sqs.ts';

const many = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what}-${index}`);

/** Scans messages and deletes the wanted ones, which take `eachMs` each. When none is wanted, each message takes that long. */
async function scan(messages: string[], eachMs: number, isWanted: (id: string) => boolean) {
  const sqs = new OldestFirstSqs(messages);
  const noneIsWanted = !messages.some(isWanted);
  let visited = 0;
  const { unseen } = await scanQueue(sqs.client, { url: 'dlq', count: messages.length }, async (message) => {
    visited += 1;
    if (noneIsWanted) sqs.now += eachMs;
    if (!isWanted(message.id)) return 'keep';
    sqs.now += eachMs;
    return 'delete';
  });
  return { visited, unseen, kept: sqs.remaining };
}

test('a scan longer than the visibility timeout still visits each message once, and ends', async () => {
  const messages = many('kept', 900);
  expect(await scan(messages, 1500, () => false)).toEqual({ visited: 900, unseen: 0, kept: messages });
});

test('kept messages at the front do not end a long scan before the messages behind them', async () => {
  const kept = many('kept', 100);
  const messages = [...kept, ...many('wanted', 900)];
  expect(await scan(messages, 1000, (id) => id.startsWith('wanted'))).toEqual({
    visited: 1000,
    unseen: 0,
    kept,
  });
});
