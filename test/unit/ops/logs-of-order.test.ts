import { linesOf } from '../../../infra/ops/logs/of-order.ts';
import type { LogLine } from '../../../infra/ops/logs/read-logs.ts';

let ids = 0;
const line = (message: unknown, requestId?: string): LogLine => {
  ids += 1;
  const text = typeof message === 'string' ? message : JSON.stringify({ level: 'INFO', requestId, message });
  return { id: String(ids), at: ids, source: 'winkelstraat/worker', text };
};

test('the lines of an order are those of its messages and of their invocations', () => {
  const ours = [
    line({ step: 'queued', eventId: 'e1' }, 'ingest'),
    line({ step: 'recorded', eventId: 'e1', orderId: '1' }, 'attempt'),
    line({ step: 'called', operation: 'POST /listings' }, 'attempt'),
    line({ step: 'attention', orderId: '1' }, 'reconciler'),
  ];
  const others = [
    line({ step: 'queued', eventId: 'e2' }, 'ingest-2'),
    line({ step: 'recorded', eventId: 'e2', orderId: '2' }, 'attempt-2'),
    line({ step: 'called', operation: 'GET /listings/7' }, 'reconciler'),
    line('text that is no JSON'),
    line('{"level":"INFO"}'),
  ];
  expect(linesOf('1')([...ours, ...others])).toEqual(ours);
});

test('a line comes out later once it turns out to be about the order, and only once', () => {
  const filter = linesOf('1');
  const queued = line({ step: 'queued', eventId: 'e1' }, 'ingest');
  expect(filter([queued])).toEqual([]);
  const recorded = line({ step: 'recorded', eventId: 'e1', orderId: '1' }, 'attempt');
  expect(filter([recorded])).toEqual([queued, recorded]);
  expect(filter([])).toEqual([]);
});
