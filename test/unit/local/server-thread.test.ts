import { startAll, startServerThread } from '../../../infra/local/server-thread.ts';
import { synthesizeHere } from '../../../infra/local/synth.ts';

const never = new AbortController().signal;

/** A part whose start never ends, until it is aborted. */
const slow = (signal: AbortSignal, onAbort: () => void) =>
  new Promise<string>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      onAbort();
      reject(signal.reason);
    });
  });

describe('parts that start together', () => {
  test('are all there in the end', async () => {
    expect(await startAll(never, () => [Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
  });

  test('are aborted when one fails, with the error of that one', async () => {
    let gaveUp = false;
    const started = startAll(never, (signal) => [
      slow(signal, () => {
        gaveUp = true;
      }),
      Promise.reject(new Error('taken')),
    ]);
    await expect(started).rejects.toThrow('taken');
    expect(gaveUp).toBe(true);
  });

  test('can be aborted from outside', async () => {
    const controller = new AbortController();
    const started = startAll(controller.signal, (signal) => [slow(signal, () => {})]);
    controller.abort(new Error('enough'));
    await expect(started).rejects.toThrow('enough');
  });
});

test('fail outside with the message of the error inside the thread', async () => {
  const module = new URL('../../../infra/local/synth.ts', import.meta.url).href;
  const hooks = { signal: never, onUnexpectedExit: () => {} };
  const options = { context: { stage: 'nowhere' }, outdir: '/nowhere' };
  await expect(startServerThread(module, synthesizeHere, options, hooks)).rejects.toThrow(/nowhere/);
});
