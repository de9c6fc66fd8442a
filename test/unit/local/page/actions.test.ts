import { jest } from '@jest/globals';
import { Hono } from 'hono';
import { addActions } from '../../../../infra/local/page/actions.ts';
import type { OpenBridge } from '../../../../infra/ops/aws/open-bridge.ts';

const post = async (path: string, values: Record<string, string>) => {
  const app = new Hono();
  app.onError(({ message }, { text }) => text(message, 400));
  addActions(app, (work) => work({ output: () => 'http://igf.test' } as unknown as OpenBridge));
  const answer = await app.request(path, { method: 'POST', body: new URLSearchParams(values) });
  return [answer.status, await answer.text()];
};

test.each(['faulty', 'constructor', '__proto__'])(
  'the fault %s is unknown, and ends no other',
  async (fault) => {
    const igf = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
    expect(await post('/faults', { fault })).toEqual([400, `There is no fault ${fault}.`]);
    expect(await post('/igf', { event: fault, listing: '1' })).toEqual([400, `There is no event ${fault}.`]);
    expect(igf).not.toHaveBeenCalled();
    igf.mockRestore();
  },
);

test('an unknown scenario is refused, and does not begin', async () => {
  expect(await post('/scenarios', { scenario: 'constructor' })).toEqual([
    400,
    expect.stringMatching(/^There is no scenario constructor\./),
  ]);
});
