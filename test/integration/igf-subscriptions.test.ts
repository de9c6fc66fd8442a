import { eachSubscription, token } from '../support/each-subscription.ts';

const { at, ops, subscribed, takenBy, ours, onlyShippedIsStale, changes } = eachSubscription();

describe('igf subscribe', () => {
  test('registers the eight URLs and shows the subscriptions before and after', async () => {
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(0);
    expect(await subscribed()).toEqual(ours());
    const lines = output.split('\n');
    expect(lines).toHaveLength(18);
    expect(lines[1]).toMatch(/^ {2}ADD_LISTING +- +not subscribed$/);
    expect(lines[10]).toMatch(
      /^ {2}ADD_LISTING +abc\.execute-api\.eu-west-1\.amazonaws\.com\/igf\/v1\/add-listing\/\{token\} +subscribed$/,
    );
  });

  test('notes in the table who did it', async () => {
    at.aws.updates.length = 0;
    await ops('igf subscribe');
    await ops('igf subscribe');
    await ops('igf unsubscribe --by jan');
    expect(at.aws.updates.map((update) => JSON.stringify(update))).toEqual([
      expect.stringMatching(/"S":"BRIDGE".*"S":"igf subscribe".*"S":"arn:aws:iam::123456789012:user\/anna"/),
      expect.stringMatching(/"S":"igf unsubscribe".*"S":"jan"/),
    ]);
  });

  test('changes nothing the second time', async () => {
    await ops('igf subscribe');
    const before = (await changes()).length;
    expect((await ops('igf subscribe')).code).toBe(0);
    expect(await changes()).toHaveLength(before);
  });

  test('replaces its own URLs with an older token', async () => {
    await ops('igf subscribe');
    at.aws.secrets.set('arn:token', 'a-newer-token');
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(0);
    expect(output).toMatch(/SHIPPED +\S+\/igf\/v1\/shipped\/\{token\} +ours, out of date/);
    expect(await subscribed()).toEqual(ours('a-newer-token'));
  });

  test('names a URL of another host, and replaces it only with --take-over', async () => {
    await takenBy('SHIPPED');
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(output).toMatch(/SHIPPED +other\.example\/… +taken by other\.example/);
    expect(output).toMatch(/^IGF posts SHIPPED to other\.example\. --take-over/m);
    expect((await subscribed()).SHIPPED).toContain('other.example');
    expect((await subscribed()).REFUND).toBe(ours().REFUND);

    expect((await ops('igf subscribe --take-over')).code).toBe(0);
    expect(await subscribed()).toEqual(ours());
  });

  test('prints its plan in a dry run, and changes nothing', async () => {
    at.aws.secrets.set('arn:token', undefined);
    await takenBy('SHIPPED');
    await takenBy('REFUND', `${ours('older').REFUND}`);
    const { code, output } = await ops('igf subscribe --dry-run --take-over');

    expect(code).toBe(0);
    expect(output).toMatch(/^The path token had no value: a random one would be stored/m);
    expect(output).toMatch(/^Would replace the URL of SHIPPED, taking it from other\.example\.$/m);
    expect(output).toMatch(/^Would replace the URL of REFUND\.$/m);
    expect(output).toMatch(/^Would subscribe LABELED\.$/m);
    expect(await changes()).toEqual([]);
    expect(at.aws.calls).not.toContain('secretsmanager.PutSecretValue');
    expect((await ops('igf subscribe --dry-run')).code).toBe(1);
  });

  test('stores a strong random token when there is none, and does not print it', async () => {
    at.aws.secrets.set('arn:token', undefined);
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(0);
    expect(output).toMatch(/^The path token had no value: a random one was stored in its secret\.$/m);
    const put = at.aws.secrets.get('arn:token') ?? '';
    expect(put).toMatch(/^[\w-]{43}$/);
    expect(await subscribed()).toEqual(ours(put));
  });

  test('stores no token while IGF can not be reached', async () => {
    at.aws.secrets.set('arn:token', undefined);
    await at.igf.fault({ operation: 'GET /webhooks', status: 503 });
    const { code, errors } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(errors).toMatch(/^IGF has a problem \(.*503.*\)\. Try again later\.$/);
    expect(at.aws.secrets.get('arn:token')).toBeUndefined();
  });

  test('names an event type that could not be replaced, and puts its earlier URL back', async () => {
    await onlyShippedIsStale();
    await at.igf.fault({ operation: 'POST /webhooks', status: 500 });
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(output).toMatch(/^SHIPPED could not be subscribed; the earlier URL was put back\. IGF has a pr/m);
    expect(await subscribed()).toEqual({ ...ours(), SHIPPED: ours('older').SHIPPED });
    expect((await ops('igf subscribe')).code).toBe(0);
  });

  test('warns loudly when nobody gets the events of a type', async () => {
    await onlyShippedIsStale();
    await at.igf.fault({ operation: 'POST /webhooks', status: 500, times: 2 });
    const { code, output } = await ops('igf subscribe');

    expect(code).toBe(1);
    expect(output).toMatch(/^SHIPPED could not be subscribed, AND NOBODY GETS ITS EVENTS NOW/m);
    expect(output).toMatch(/^After[\s\S]*SHIPPED +- +not subscribed/m);
  });
});

describe('igf status', () => {
  test('shows the subscriptions, and changes nothing', async () => {
    const none = await ops('igf status');
    expect([none.code, none.output.match(/not subscribed/g)]).toEqual([1, Array(8).fill('not subscribed')]);
    await ops('igf subscribe');
    const before = (await changes()).length;
    const { code, output } = await ops('igf status');

    expect(code).toBe(0);
    expect(output).toMatch(/^returns-bridge-prod, mode live, at /);
    expect(await changes()).toHaveLength(before);
  });

  test('reports a missing token', async () => {
    await ops('igf subscribe');
    at.aws.secrets.set('arn:token', undefined);
    const { code, output } = await ops('igf status');

    expect(code).toBe(1);
    expect(output).toMatch(
      /^The path token has no value yet\. This stores one: npx bridge igf subscribe --stage prod$/m,
    );
    expect(output).not.toContain(token);
  });
});

describe('igf unsubscribe', () => {
  test('removes the URLs of its own host, whatever their token, and no other', async () => {
    await takenBy('SHIPPED');
    await ops('igf subscribe');
    at.aws.secrets.set('arn:token', 'a-newer-token');

    const trial = await ops('igf unsubscribe --dry-run');
    expect(trial.output).toMatch(/^Would remove ADD_LISTING, .*COMPLETED, REFUND\.$/m);
    expect(Object.keys(await subscribed())).toHaveLength(8);

    const { code, output } = await ops('igf unsubscribe');
    expect(code).toBe(0);
    expect(output).toMatch(/^After[\s\S]*REFUND +- +not subscribed/m);
    expect(Object.keys(await subscribed())).toEqual(['SHIPPED']);
  });
});

test.each(['igf subscribe', 'igf status', 'igf unsubscribe'])(
  '%s looks in the region of the stage, whatever the shell has',
  async (line) => {
    at.aws.regions.clear();
    await ops(line);
    expect([...at.aws.regions]).toEqual(['eu-west-1']);
  },
);
