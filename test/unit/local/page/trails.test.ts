import { Trails } from '../../../../infra/local/page/trails.ts';

const at = '2026-11-27T21:00:00.000Z';

/** The trails after these lines of functions, each of an invocation. */
function after(...lines: readonly (readonly [requestId: string, message: object])[]): Trails {
  const trails = new Trails();
  for (const [requestId, message] of lines)
    trails.take(JSON.stringify({ timestamp: at, requestId, message }));
  return trails;
}

const queued = [
  'ingest',
  { step: 'queued', webhook: 'push-api/v2/rma', eventId: 'e1', status: 202 },
] as const;
const worked = (step: string, more: object = {}) =>
  [
    'worker',
    { step, webhook: 'push-api/v2/rma', eventId: 'e1', orderId: '549', attempt: 1, ...more },
  ] as const;
const called = (status: number) =>
  ['worker', { step: 'called', operation: 'POST /listings', status }] as const;

/** The texts of the places of the only webhook. */
const textsOf = (trails: Trails) =>
  Object.fromEntries(
    Object.entries(trails.latest()[0]?.places ?? {}).map(([place, { text }]) => [place, text]),
  );

test('a webhook on the queue waits for the worker', () => {
  expect(textsOf(after(queued))).toEqual({ ingest: '202', queue: 'waits for the worker' });
});

test('a webhook that is done shows the call of its own invocation', () => {
  const other = ['another', { step: 'called', operation: 'GET /webhooks', status: 200 }] as const;
  const trails = after(queued, other, called(201), worked('done', { written: 2 }));
  expect(trails.latest()).toMatchObject([{ eventId: 'e1', orderId: '549', at }]);
  expect(textsOf(trails)).toMatchObject({ table: '2 written', IGF: 'POST /listings 201' });
});

test('the calls of an invocation that takes no webhook are forgotten after twenty others', () => {
  const others = Array.from(
    { length: 20 },
    (_, at) => [`other-${at}`, { step: 'called', operation: 'GET /webhooks', status: 200 }] as const,
  );
  expect(textsOf(after(queued, called(201), ...others, worked('done')))).not.toHaveProperty('IGF');
  expect(textsOf(after(queued, called(201), ...others.slice(1), worked('done')))).toHaveProperty('IGF');
});

test('a webhook that is retried says why, and when again', () => {
  const retry = worked('retry', { reason: 'IGF answered 503', inSeconds: 190 });
  expect(textsOf(after(queued, called(503), retry))).toMatchObject({
    queue: 'attempt 1 failed, the next 3 min 10 s later',
    worker: 'IGF answered 503',
    IGF: 'POST /listings 503',
  });
});

test('a duplicate stays where the first one is', () => {
  expect(textsOf(after(queued, worked('done'), queued))).toMatchObject({
    ingest: '202, known already',
    queue: 'left',
  });
});

test('the webhook that moved last comes first, and old ones are forgotten', () => {
  const many = Array.from({ length: 40 }, (_, index) => worked('done', { eventId: `n${index}` }));
  const ids = after(...many, worked('done', { eventId: 'n25' }))
    .latest()
    .map(({ eventId }) => eventId);
  expect([ids.length, ids[0], ids[1]]).toEqual([20, 'n25', 'n39']);
});

test('a line that is no step changes nothing', () => {
  const trails = new Trails();
  for (const line of ['text', '{"_aws": {}}', '{"timestamp": "t", "requestId": "r", "message": "m"}'])
    trails.take(line);
  expect(trails.latest()).toEqual([]);
});
