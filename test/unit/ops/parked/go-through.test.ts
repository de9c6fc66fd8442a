import { goThrough } from '../../../../infra/ops/parked/go-through.ts';
import { OldestFirstSqs } from '../../../support/doubles/oldest-first-sqs.ts';

const many = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what}-${index}`);

/** Goes through messages and deletes those that are wanted, each of which takes `eachMs`; where none is, all take that long. */
async function pass(messages: string[], eachMs: number, isWanted: (id: string) => boolean) {
  const sqs = new OldestFirstSqs(messages);
  const noneIsWanted = !messages.some(isWanted);
  let visited = 0;
  const { unseen } = await goThrough(sqs.client, { url: 'dlq', count: messages.length }, async (message) => {
    visited += 1;
    if (noneIsWanted) sqs.now += eachMs;
    if (!isWanted(message.messageId)) return 'left';
    sqs.now += eachMs;
    return 'done with';
  });
  return { visited, unseen, left: sqs.left };
}

test('a pass of longer than messages are hidden meets each message all the same, and ends', async () => {
  const messages = many('left', 9000);
  expect(await pass(messages, 150, () => false)).toEqual({ visited: 9000, unseen: 0, left: messages });
});

test('what is left in front does not end a long pass before those behind had their turn', async () => {
  const left = many('left', 1000);
  const messages = [...left, ...many('wanted', 9000)];
  expect(await pass(messages, 100, (id) => id.startsWith('wanted'))).toEqual({
    visited: 10_000,
    unseen: 0,
    left,
  });
});
