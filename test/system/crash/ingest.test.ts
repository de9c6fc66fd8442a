import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from '../../../lib/ingest/answers.ts';
import { rma } from '../../support/webhooks.ts';
import { senderKey } from '../../support/world.ts';
import { report } from './crash-points.ts';
import { CrashWorld } from './crash-world.ts';
import { KillableInvocation, type Point } from './killable.ts';

let crash: CrashWorld;
beforeAll(async () => {
  crash = await CrashWorld.start();
});
afterAll(() => crash?.close());

const { webhook, payload } = rma();

/** One delivery in an execution environment of its own, which may be killed. */
async function post(killable: KillableInvocation, note: string): Promise<HttpAnswer | 'killed'> {
  const handler = await crash.environments.ingest(webhook);
  const event = {
    headers: { 'x-api-key': senderKey, 'x-version': '1.0' },
    body: JSON.stringify({ ...payload, note }),
    isBase64Encoded: false,
  };
  return killable.invoke(() => handler(event as unknown as APIGatewayProxyEventV2, {} as Context));
}

/** Posts once, perhaps to a function that is killed, and counts its messages on the queue. */
async function delivered(
  killAt?: number,
): Promise<{ answer: HttpAnswer | 'killed'; queued: number; points: readonly Point[] }> {
  const killable = new KillableInvocation(killAt);
  const note = randomUUID();
  const answer = await post(killable, note);
  const bodies = await crash.queues.queued('winkelstraat');
  const queued = bodies.filter((body) => body.includes(note)).length;
  return { answer, queued, points: killable.points };
}

test('an ingest function that is killed at any await has not answered 202, or its message is on the queue', async () => {
  const { answer, queued, points } = await delivered();
  expect([answer, queued]).toEqual([expect.objectContaining({ statusCode: 202 }), 1]);

  const counts = [];
  for (let killAt = 1; killAt <= points.length + 1; killAt += 1) {
    const killed = await delivered(killAt);
    const place = points[killAt - 1]?.site;
    counts.push(killed.queued);
    if (place) expect([place, killed.answer]).toEqual([place, 'killed']);
    // Only its answer was lost: the sender delivers again, under the same event id.
    else expect(killed).toMatchObject({ answer: { statusCode: 202 }, queued: 1 });
  }
  // Killed before and after SendMessage.
  expect(new Set(counts)).toEqual(new Set([0, 1]));
  report(`ingest: ${points.length + 1} points, killed ${points.length + 1} times`);
});
