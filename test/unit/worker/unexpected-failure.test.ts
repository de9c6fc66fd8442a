import { processDelivery } from '../../../lib/worker/process.ts';
import { now, ofOrder, openingFact } from '../../support/builders.ts';
import { logged, workplace } from './workplace.ts';

const lines = logged();

/** Processes a delivery while every read of the table fails so. */
async function processWhile(error: Error) {
  const { table, dependencies } = workplace();
  table.readOrder = async () => {
    throw error;
  };
  const envelope = {
    ...{ id: 'event-1', webhook: 'stock-hub/v1/rma', version: '1.0', receivedAt: now },
    ...{ schema: 1 as const, correlationId: 'correlation-1', payload: {} },
  };
  return processDelivery({ envelope, facts: [openingFact()] }, now, dependencies, () => 30_000);
}

test('an unexpected error is logged by its class and its place, and with nothing of its text', async () => {
  const { outcome } = await processWhile(new TypeError('"Noor\n    at Kastanjelaan 8" is no number'));

  expect(outcome).toEqual({
    kind: 'retry',
    reason: 'the attempt failed unexpectedly (TypeError)',
    errorClass: 'TypeError',
  });
  expect(lines).toMatchObject([
    { step: 'failed', orderId: ofOrder.orderId, at: expect.stringMatching(/^at .*unexpected-failure\.test/) },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/Noor|Kastanje/);
});
