import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from '../../../lib/ingest/problem.ts';
import { rma } from '../../support/webhooks.ts';
import { senderKey, startDeadlineMs } from '../../support/world.ts';
import { report } from './crash-points.ts';
import { CrashWorld } from './crash-world.ts';
import { Mortal, type Point } from './probe.ts';

let crash: CrashWorld;
beforeAll(async () => {
  crash = await CrashWorld.start();
}, startDeadlineMs);
afterAll(() => crash?.close());

const { webhook, payload } = rma();

/** One delivery by an execution environment of its own, which may die. */
async function post(mortal: Mortal, note: string): Promise<HttpAnswer | 'died'> {
  const handler = crash.environments.ingest(webhook);
  const event = {
    headers: { 'x-api-key': senderKey, 'x-version': '1.0' },
    body: JSON.stringify({ ...payload, note }),
    isBase64Encoded: false,
  };
  return mortal.invoke(() => handler(event as unknown as APIGatewayProxyEventV2, {} as Context));
}

/** Posts once, perhaps to a function that dies, and looks what the queue has of it. */
async function delivered(
  dieAt?: number,
): Promise<{ answer: HttpAnswer | 'died'; there: number; declinedShipments: readonly Point[] }> {
  const mortal = new Mortal(dieAt);
  const note = randomUUID();
  const answer = await post(mortal, note);
  const bodies = await crash.queues.queued('winkelstraat');
  const there = bodies.filter((body) => body.includes(note)).length;
  return { answer, there, declinedShipments: mortal.declinedShipments };
}

test('an ingest function that dies at any await has not said 202, or the message is on the queue', async () => {
  const { answer, there, declinedShipments } = await delivered();
  expect([answer, there]).toEqual([expect.objectContaining({ statusCode: 202 }), 1]);

  const found = [];
  for (let dieAt = 1; dieAt <= declinedShipments.length + 1; dieAt += 1) {
    const death = await delivered(dieAt);
    const place = declinedShipments[dieAt - 1]?.site;
    found.push(death.there);
    if (place) expect([place, death.answer]).toEqual([place, 'died']);
    // Only the sender did not hear of it: it delivers again, under the same event id.
    else expect(death).toMatchObject({ answer: { statusCode: 202 }, there: 1 });
  }
  // Killed before and after SendMessage.
  expect(new Set(found)).toEqual(new Set([0, 1]));
  report(`ingest: ${declinedShipments.length + 1} points, killed ${declinedShipments.length + 1} times`);
});
