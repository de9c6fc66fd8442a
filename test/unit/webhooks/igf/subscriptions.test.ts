import fc from 'fast-check';
import { eventTypes } from '../../../../lib/facts/vendor-terms.ts';
import {
  type ListedWebhook,
  lostSubscriptions,
  ownSubscriptions,
  planSubscriptions,
  type SubscriptionStep,
  shownUrl,
  wantedSubscriptions,
} from '../../../../lib/webhooks/igf/subscriptions.ts';

const api = 'https://abc.execute-api.eu-west-1.amazonaws.com';
const wanted = wantedSubscriptions(api, 't0ken');
const urlOf = (eventType: string, token = 't0ken', base = api) =>
  `${base}/igf/v1/${eventType.toLowerCase().replaceAll('_', '-')}/${token}`;
const allOurs = eventTypes.map((eventType, id) => ({ id, eventType, url: urlOf(eventType) }));

/** The plan for SHIPPED when IGF lists this. */
function plannedFor(listed: readonly ListedWebhook[], options = {}): SubscriptionStep | undefined {
  return planSubscriptions(wanted, listed, options).find(({ eventType }) => eventType === 'SHIPPED');
}

describe('the wanted subscriptions', () => {
  test('are one URL for each event type, with the token at its end', () => {
    expect(wanted.map(({ eventType }) => eventType)).toEqual(eventTypes);
    expect(wanted[3]).toEqual({
      eventType: 'RETURN_DEADLINE_PASSED',
      url: `${api}/igf/v1/return-deadline-passed/t0ken`,
    });
  });

  test('carry any token', () => {
    expect(wantedSubscriptions(api, 'a/b c$&')[0]?.url).toBe(`${api}/igf/v1/add-listing/a%2Fb%20c%24%26`);
  });
});

describe('a plan', () => {
  test('keeps a subscription with the wanted URL, in any spelling', () => {
    expect(plannedFor([{ eventType: 'SHIPPED', url: urlOf('SHIPPED') }])).toMatchObject({ action: 'keep' });
    const shouted = urlOf('SHIPPED').replace('https://abc', 'HTTPS://ABC');
    expect(plannedFor([{ eventType: 'shipped', url: shouted }])).toMatchObject({ action: 'keep' });
  });

  test('creates a missing subscription', () => {
    expect(plannedFor([{ eventType: 'LABELED', url: urlOf('LABELED') }])).toMatchObject({ action: 'create' });
  });

  test.each([
    ['token', urlOf('SHIPPED', 'older')],
    ['path', `${api}/igf/v0/shipped`],
    ['scheme', urlOf('SHIPPED').replace('https', 'http').replace('.com/', '.com:80/')],
  ])('replaces one of its own host with another %s', (_what, url) => {
    const found = { id: 7, eventType: 'SHIPPED', url };
    expect(plannedFor([found])).toEqual({
      eventType: 'SHIPPED',
      url: urlOf('SHIPPED'),
      action: 'replace',
      found,
    });
  });

  test.each([
    ['another host', 'https://other.example/igf/v1/shipped/t0ken'],
    ['another API of the same account and region', urlOf('SHIPPED', 't0ken', api.replace('abc', 'xyz'))],
    ['another port', urlOf('SHIPPED').replace('.com/', '.com:8443/')],
    ['a text that is not a URL', 'soon'],
    ['a URL that IGF does not show', undefined],
  ])('leaves one of %s, and replaces it only to take over', (_what, url) => {
    const found = { id: 7, eventType: 'SHIPPED', url };
    expect(plannedFor([found])).toMatchObject({ action: 'taken', found });
    expect(plannedFor([found], { takeOver: true })).toMatchObject({ action: 'replace', found });
  });

  test('finds the event type in the path when IGF does not name it', () => {
    expect(plannedFor([{ url: urlOf('SHIPPED') }])).toMatchObject({ action: 'keep' });
    expect(plannedFor([{}])).toMatchObject({ action: 'create' });
  });

  test('is empty after it was applied', () => {
    fc.assert(
      fc.property(listedWebhooks, fc.boolean(), (listed, takeOver) => {
        const plan = planSubscriptions(wanted, listed, { takeOver });
        const after = planSubscriptions(wanted, carriedOut(plan, listed), { takeOver });

        expect(plan.map(({ eventType }) => eventType)).toEqual(eventTypes);
        expect(after.map(({ action }) => action)).toEqual(
          plan.map(({ action }) => (action === 'taken' ? 'taken' : 'keep')),
        );
        if (takeOver) expect(after.every(({ action }) => action === 'keep')).toBe(true);
      }),
    );
  });

  test('never touches a foreign subscription without take-over', () => {
    fc.assert(
      fc.property(listedWebhooks, (listed) => {
        const foreign = listed.filter(({ url }) => !url?.startsWith(api));
        expect(carriedOut(planSubscriptions(wanted, listed), listed)).toEqual(
          expect.arrayContaining([...foreign]),
        );
      }),
    );
  });
});

/** IGF's list: at most one webhook for each event type, each ours, stale or foreign. */
const listedWebhooks = fc
  .tuple(...eventTypes.map((eventType) => fc.option(fc.constantFrom(...urlsOf(eventType)))))
  .map((urls) => urls.flatMap((url, id) => (url === null ? [] : [{ id, eventType: eventTypes[id], url }])));

function urlsOf(eventType: string): (string | undefined)[] {
  return [
    urlOf(eventType),
    urlOf(eventType, 'older'),
    `${api}/`,
    'https://other.example/hook',
    urlOf(eventType, 't0ken', 'https://other.example'),
    undefined,
  ];
}

/** IGF's list after a plan was applied. */
function carriedOut(plan: readonly SubscriptionStep[], listed: readonly ListedWebhook[]): ListedWebhook[] {
  const removed = plan.flatMap((step) => (step.action === 'replace' ? [step.found] : []));
  const added = plan.filter(({ action }) => action === 'replace' || action === 'create');
  return [
    ...listed.filter((webhook) => !removed.includes(webhook)),
    ...added.map(({ eventType, url }) => ({ eventType, url })),
  ];
}

describe('subscriptions that are lost', () => {
  const host = new URL(api).host;

  test('are none while our host has all eight, whatever the token', () => {
    expect(lostSubscriptions(allOurs, host)).toEqual([]);
    expect(
      lostSubscriptions([{ eventType: 'SHIPPED', url: urlOf('SHIPPED', 'x') }, ...allOurs], host),
    ).toEqual([]);
  });

  test('are those that are missing or of another host', () => {
    const listed = allOurs
      .filter(({ eventType }) => eventType !== 'REFUND')
      .map((webhook) =>
        webhook.eventType === 'LABELED' ? { ...webhook, url: 'https://other.example/secret' } : webhook,
      );
    expect(lostSubscriptions(listed, host)).toEqual([
      { eventType: 'LABELED', why: 'taken' },
      { eventType: 'REFUND', why: 'missing' },
    ]);
  });

  test('are not those whose URL IGF does not show', () => {
    const listed = eventTypes.map((eventType) => ({ eventType, url: null }));
    expect(lostSubscriptions(listed, host)).toEqual([]);
  });
});

test('counts every URL of our host as our own', () => {
  const stale = { id: 3, eventType: 'REFUND', url: `${api}/x` };
  const foreign = { id: 4, eventType: 'SHIPPED', url: 'https://other.example/' };
  expect(ownSubscriptions([stale, foreign, {}], new URL(api).host)).toEqual([
    { eventType: 'REFUND', webhook: stale },
  ]);
});

test.each([
  [urlOf('SHIPPED'), 'abc.execute-api.eu-west-1.amazonaws.com/igf/v1/shipped/{token}'],
  ['https://user:secret@other.example/hooks/s3cret?key=s3cret', 'other.example/…'],
  ['https://other.example', 'other.example'],
  ['s3cret', 'a URL that IGF does not show'],
  [null, 'a URL that IGF does not show'],
])('shows %s without its secret part', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});
