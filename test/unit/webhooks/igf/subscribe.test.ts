import { IgfPathError, IgfRejectedError, IgfUnavailableError } from '../../../../lib/igf/errors.ts';
import { applySubscriptions, type WebhookCalls } from '../../../../lib/webhooks/igf/subscribe.ts';
import {
  type ListedWebhook,
  planSubscriptions,
  type WantedSubscription,
} from '../../../../lib/webhooks/igf/subscriptions.ts';

type Call = keyof WebhookCalls;
type Failure = { on: Call; error: Error; committed?: boolean };

/** IGF's webhooks, one for each event type. The named calls fail, each once and in order. */
class Webhooks implements WebhookCalls {
  listed: ListedWebhook[];
  readonly calls: string[] = [];
  readonly #failures: Failure[];
  #lastId = 100;

  constructor(listed: ListedWebhook[], ...failures: Failure[]) {
    this.listed = listed;
    this.#failures = failures;
  }

  async all() {
    return this.#call('all', '', () => this.listed);
  }

  async subscribe(eventType: string, url: string) {
    return this.#call('subscribe', `${eventType} ${url}`, () => {
      if (this.listed.some((webhook) => webhook.eventType === eventType)) throw refused;
      this.#lastId += 1;
      this.listed.push({ id: this.#lastId, eventType, url });
    });
  }

  async remove(id: number) {
    return this.#call('remove', String(id), () => {
      this.listed = this.listed.filter((webhook) => webhook.id !== id);
    });
  }

  async unsubscribe(eventType: string) {
    return this.#call('unsubscribe', eventType, () => {
      this.listed = this.listed.filter((webhook) => webhook.eventType !== eventType);
    });
  }

  #call<T>(name: Call, what: string, act: () => T): T {
    this.calls.push(`${name} ${what}`.trim());
    const failure = this.#failures[0]?.on === name ? this.#failures.shift() : undefined;
    if (failure?.committed) act();
    if (failure) throw failure.error;
    return act();
  }
}

const refused = new IgfRejectedError('POST /webhooks', 400, undefined);
const silence = new IgfUnavailableError('POST /webhooks', 'no answer', { effect: 'unknown' });
const unreachable = new IgfUnavailableError('POST /webhooks', 'refused', { effect: 'not-done' });

const wanted: WantedSubscription[] = [{ eventType: 'SHIPPED', url: 'https://us.example/new' }];
const stale = { id: 7, eventType: 'SHIPPED', url: 'https://us.example/old' };

async function apply(listed: ListedWebhook[], ...failures: Failure[]) {
  const webhooks = new Webhooks(listed, ...failures);
  const [result] = await applySubscriptions(planSubscriptions(wanted, listed), webhooks);
  return { result, webhooks, urls: webhooks.listed.map(({ url }) => url) };
}

test('creates missing subscriptions before it removes others, and removes by id', async () => {
  const both: WantedSubscription[] = [...wanted, { eventType: 'REFUND', url: 'https://us.example/refund' }];
  const webhooks = new Webhooks([stale]);
  const results = await applySubscriptions(planSubscriptions(both, [stale]), webhooks);

  expect(webhooks.calls).toEqual([
    'subscribe REFUND https://us.example/refund',
    'remove 7',
    'subscribe SHIPPED https://us.example/new',
  ]);
  expect(results.map(({ step, outcome }) => [step.eventType, outcome])).toEqual([
    ['SHIPPED', 'done'],
    ['REFUND', 'done'],
  ]);
});

test('removes a subscription without an id by its event type', async () => {
  const { webhooks, urls } = await apply([{ eventType: 'SHIPPED', url: 'https://us.example/old' }]);
  expect(webhooks.calls[0]).toBe('unsubscribe SHIPPED');
  expect(urls).toEqual(['https://us.example/new']);
});

test('makes no call when nothing is to do, and does not touch foreign subscriptions', async () => {
  const ours = await apply([{ eventType: 'SHIPPED', url: 'https://us.example/new' }]);
  const foreign = await apply([{ eventType: 'SHIPPED', url: 'https://other.example/' }]);
  for (const { result, webhooks } of [ours, foreign]) {
    expect(result).toBeUndefined();
    expect(webhooks.calls).toEqual([]);
  }
});

test('leaves the old one when it can not be removed', async () => {
  for (const error of [refused, unreachable, new IgfPathError('DELETE /webhooks/{id}', 404)]) {
    const { result, webhooks, urls } = await apply([stale], { on: 'remove', error });
    expect(result).toMatchObject({ outcome: 'unchanged', error });
    expect(webhooks.calls).toEqual(['remove 7']);
    expect(urls).toEqual([stale.url]);
  }
});

test.each([
  ['was done', true, 'done', 'https://us.example/new'],
  ['was not done', false, 'unchanged', stale.url],
])('goes on when a removal without an answer %s', async (_what, committed, outcome, url) => {
  const { result, urls } = await apply([stale], { on: 'remove', error: silence, committed });
  expect(result?.outcome).toBe(outcome);
  expect(urls).toEqual([url]);
});

test('restores the old one when ours is refused', async () => {
  const { result, urls } = await apply([stale], { on: 'subscribe', error: refused });
  expect(result).toMatchObject({ outcome: 'restored', error: refused });
  expect(urls).toEqual([stale.url]);
});

test.each([[[]], [[stale]]])(
  'finds our subscription when it was created without an answer (%j before)',
  async (listed) => {
    const { result, urls } = await apply([...listed], { on: 'subscribe', error: silence, committed: true });
    expect(result).toEqual({ step: expect.anything(), outcome: 'done' });
    expect(urls).toEqual(['https://us.example/new']);
  },
);

test('reports that nobody is subscribed when the old one can not be restored', async () => {
  const { result, urls } = await apply(
    [stale],
    { on: 'subscribe', error: silence },
    { on: 'subscribe', error: silence },
  );
  expect(result).toMatchObject({ outcome: 'lost', error: silence });
  expect(urls).toEqual([]);
});

test.each([[[]], [[stale]]])(
  'reports an unknown state when IGF does not answer any more (%j before)',
  async (listed) => {
    const { result } = await apply(
      [...listed],
      { on: 'subscribe', error: silence },
      { on: 'all', error: unreachable },
      { on: 'subscribe', error: unreachable },
    );
    expect(result).toMatchObject({ outcome: 'unknown', error: silence });
  },
);

test('goes on with the next event type after a failure', async () => {
  const both: WantedSubscription[] = [...wanted, { eventType: 'REFUND', url: 'https://us.example/refund' }];
  const webhooks = new Webhooks([], { on: 'subscribe', error: refused });
  const results = await applySubscriptions(planSubscriptions(both, []), webhooks);
  expect(results.map(({ outcome }) => outcome)).toEqual(['lost', 'done']);
});

test('throws an error that is not a failure of IGF', async () => {
  await expect(apply([], { on: 'subscribe', error: new TypeError('a fault of ours') })).rejects.toThrow(
    TypeError,
  );
});
