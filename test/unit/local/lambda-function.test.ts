import { until } from '../../support/eventually.ts';
import { functionsOfText } from './fixture.ts';

const functionOf = functionsOfText();

describe('an invocation', () => {
  test('gives the handler event and context, and gives back what it returns', async () => {
    const echo = functionOf(
      `export const handler = async (event, context) =>
        ({ event, name: context.functionName, id: context.awsRequestId, left: context.getRemainingTimeInMillis() });`,
    );
    const invocation = await echo.invoke({ Records: [{ body: 'é' }] });
    expect(invocation).toMatchObject({
      ok: true,
      payload: { event: { Records: [{ body: 'é' }] }, name: 'stack-Worker', id: invocation.requestId },
    });
    const { left } = (invocation as unknown as { payload: { left: number } }).payload;
    expect(left).toBeGreaterThan(3000);
    expect(left).toBeLessThanOrEqual(5000);
  });

  test('sees its own environment and nothing else of the machine', async () => {
    process.env.SECRET_OF_THE_MACHINE = 'x';
    const show = functionOf('export const handler = async () => process.env', {
      environment: { TABLE_NAME: 't' },
    });
    expect(await show.invoke({})).toMatchObject({ payload: { TABLE_NAME: 't' } });
    const { payload } = (await show.invoke({})) as unknown as { payload: Record<string, string> };
    expect(Object.keys(payload)).toEqual(['TABLE_NAME']);
    delete process.env.SECRET_OF_THE_MACHINE;
  });

  test('finds the environment warm the next time', async () => {
    const count = functionOf('let calls = 0; export const handler = async () => ++calls;');
    await count.invoke({});
    expect(await count.invoke({})).toMatchObject({ ok: true, payload: 2 });
  });

  test('returns null for nothing, as JSON has no undefined', async () => {
    expect(await functionOf('export const handler = async () => {}').invoke({})).toMatchObject({
      payload: null,
    });
  });

  test('reads the local runtime’s clock', async () => {
    const startedAt = Date.now() - 60_000;
    const readClock = functionOf('export const handler = async () => Date.now()', {
      clock: { startedAt, speed: 60 },
    });
    const { payload } = (await readClock.invoke({})) as unknown as { payload: number };
    expect(payload - startedAt).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('a failing invocation', () => {
  test('says what the handler threw, and keeps the environment', async () => {
    const lambda = functionOf(
      `let calls = 0;
      export const handler = async () => { if (++calls === 1) throw new TypeError('no such thing'); return calls; };`,
    );
    expect(await lambda.invoke({})).toMatchObject({
      ok: false,
      failure: { kind: 'error', errorType: 'TypeError', errorMessage: 'no such thing' },
    });
    expect(await lambda.invoke({})).toMatchObject({ ok: true, payload: 2 });
  });

  test('ends in real time when the time limit passes, even in an endless loop, and the next one starts afresh', async () => {
    const lambda = functionOf(
      `let calls = 0;
      export const handler = async ({ loop }) => { calls += 1; while (loop); return calls; };`,
      { timeoutMs: 150, clock: { startedAt: Date.now(), speed: 3600 } },
    );
    await lambda.invoke({});
    const begun = performance.now();
    expect(await lambda.invoke({ loop: true })).toMatchObject({
      ok: false,
      failure: { kind: 'timeout', errorMessage: 'Task timed out after 0.15 seconds' },
    });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145);
    expect(await lambda.invoke({})).toMatchObject({ ok: true, payload: 1 });
  });

  test.each([
    ['process.exit', 'process.exit(3)', { errorMessage: 'the function ended itself, exit code 3' }],
    [
      'an uncaught exception',
      `setTimeout(() => { throw new RangeError('late'); })`,
      { errorType: 'RangeError' },
    ],
    [
      'an unhandled rejection',
      `Promise.reject(new Error('nobody listens'))`,
      { errorMessage: 'nobody listens' },
    ],
  ])('is a crash after %s, and the next one starts afresh', async (_what, crash, failure) => {
    const lambda = functionOf(
      `let calls = 0;
      export const handler = async ({ dies }) => { calls += 1; if (!dies) return calls; ${crash}; await new Promise(() => {}); };`,
    );
    await lambda.invoke({});
    expect(await lambda.invoke({ dies: true })).toMatchObject({
      ok: false,
      failure: { kind: 'crash', ...failure },
    });
    expect(await lambda.invoke({})).toMatchObject({ ok: true, payload: 1 });
  });

  test('can be killed in its middle, and only there', async () => {
    const kills: (() => boolean)[] = [];
    const lambda = functionOf('export const handler = async (n) => n ?? new Promise(() => {});', {
      onInvocation: (kill) => kills.push(kill),
    });
    expect(await lambda.invoke(1)).toMatchObject({ payload: 1 });
    expect(kills[0]?.()).toBe(false);

    const endless = lambda.invoke(null);
    await until(() => kills[1]?.() === true);
    expect(await endless).toMatchObject({ ok: false, failure: { kind: 'crash' } });
    expect(await lambda.invoke(2)).toMatchObject({ payload: 2 });
  });

  test('says why the code could not be loaded', async () => {
    expect(await functionOf('export const other = 1').invoke({})).toMatchObject({
      ok: false,
      failure: { kind: 'init', errorMessage: 'index.handler is undefined or not exported' },
    });
    expect(await functionOf(`throw new Error('no TABLE_NAME')`).invoke({})).toMatchObject({
      ok: false,
      failure: { kind: 'init', errorMessage: 'no TABLE_NAME' },
    });
  });
});

describe('invocations at once', () => {
  const meeting = `
    export const handler = async ({ ms }) => {
      const begun = performance.timeOrigin + performance.now();
      await new Promise((resolve) => setTimeout(resolve, ms));
      return { begun, ended: performance.timeOrigin + performance.now() };
    };`;
  type Times = { payload: { begun: number; ended: number } };

  test('run in environments of their own up to the bound, one at a time in each', async () => {
    const lambda = functionOf(meeting, { maxConcurrency: 2 });
    await Promise.all([lambda.invoke({ ms: 1 }), lambda.invoke({ ms: 1 })]);
    const runs = (await Promise.all(
      Array.from({ length: 6 }, () => lambda.invoke({ ms: 40 })),
    )) as unknown as Times[];
    const most = Math.max(
      ...runs.map(
        ({ payload: one }) =>
          runs.filter(({ payload: o }) => o.begun <= one.begun && one.begun < o.ended).length,
      ),
    );
    expect(most).toBe(2);
  });

  test('wait for their turn even behind one that crashes', async () => {
    const lambda = functionOf('export const handler = async (n) => n === 0 ? process.exit(1) : n;');
    const outcomes = await Promise.all([0, 1, 2].map((n) => lambda.invoke(n)));
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, true]);
  });
});

describe('logs', () => {
  test('are the lines of Lambda’s JSON format', async () => {
    const lambda = functionOf(
      `export const handler = async () => { console.info({ step: 'queued', orderId: '1' }); console.error('no', 7); };`,
    );
    const { requestId } = await lambda.invoke({});
    expect(lambda.logs).toEqual([
      { timestamp: expect.any(String), level: 'INFO', requestId, message: { step: 'queued', orderId: '1' } },
      { timestamp: expect.any(String), level: 'ERROR', requestId, message: 'no 7' },
    ]);
  });

  test('hold what was written just before a crash', async () => {
    const lambda = functionOf(
      `export const handler = async () => { console.warn({ step: 'last' }); process.exit(1); };`,
    );
    await lambda.invoke({});
    await until(() => lambda.logs.length > 0);
    expect(lambda.logs).toMatchObject([{ level: 'WARN', message: { step: 'last' } }]);
  });

  test('contain a crash between two invocations', async () => {
    const lambda = functionOf(
      `export const handler = async () => { setTimeout(() => { throw new Error('afterwards'); }, 500); };`,
    );
    expect(await lambda.invoke({})).toMatchObject({ ok: true });
    await until(() => lambda.logs.length > 0);
    expect(lambda.logs).toMatchObject([{ level: 'ERROR', message: { errorMessage: 'afterwards' } }]);
  });
});
