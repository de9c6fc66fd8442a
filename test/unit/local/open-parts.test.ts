import { OpenParts } from '../../../infra/local/open-parts.ts';

const never = () => {};

describe('parts that run together', () => {
  it('end together, the last one first, and once', async () => {
    const parts = new OpenParts(undefined, never);
    const closed: string[] = [];
    for (const name of ['first', 'second']) parts.keep({ close: async () => void closed.push(name) });
    await Promise.all([parts.close(), parts.close()]);
    expect(closed).toEqual(['second', 'first']);
    expect(parts.closing()).toBe(true);
  });

  it('end even where one can not be closed', async () => {
    const parts = new OpenParts(undefined, never);
    const closed: string[] = [];
    parts.keep({ close: async () => void closed.push('first') });
    parts.keep({ close: () => Promise.reject(new Error('stuck')) });
    await parts.close();
    expect(closed).toEqual(['first']);
  });

  it('give up starting when one fails, and say why that one did', async () => {
    const parts = new OpenParts(undefined, never);
    let gaveUp = false;
    const slow = new Promise((_resolve, reject) => {
      parts.signal.addEventListener('abort', () => {
        gaveUp = true;
        reject(parts.signal.reason);
      });
    });
    await expect(parts.all(slow, Promise.reject(new Error('taken')))).rejects.toThrow('taken');
    expect(gaveUp).toBe(true);
  });

  it('give up starting when somebody asks for it', () => {
    const controller = new AbortController();
    const parts = new OpenParts(controller.signal, never);
    controller.abort();
    expect(parts.signal.aborted).toBe(true);
  });

  it('tell when one dies by itself, but not when all are being closed', async () => {
    const deaths: string[] = [];
    const parts = new OpenParts(undefined, (error) => deaths.push(error.message));
    parts.died('SQS', new Error('its thread ended'));
    await parts.close();
    parts.died('DynamoDB', new Error('killed'));
    expect(deaths).toEqual(['SQS stopped working: its thread ended']);
  });
});
