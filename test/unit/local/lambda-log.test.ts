import { logLine } from '../../../infra/local/lambda-log.ts';

const line = (...args: unknown[]) => JSON.parse(logLine('INFO', 'id-1', args));

describe('a log line', () => {
  test('keeps an only object as an object', () => {
    expect(line({ step: 'done', n: 1 })).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      level: 'INFO',
      requestId: 'id-1',
      message: { step: 'done', n: 1 },
    });
  });

  test('makes text of several values', () => {
    expect(line('%s is', 'text', { a: 1 }).message).toBe('text is { a: 1 }');
  });

  test('shows an error alone, in an object and beside text', () => {
    const error = new TypeError('wrong');
    const shown = { errorType: 'TypeError', errorMessage: 'wrong', stackTrace: expect.any(Array) };
    expect(line(error).message).toMatchObject(shown);
    expect(line({ error }).message).toMatchObject({ error: shown });
    expect(line('it failed', error)).toMatchObject(shown);
  });

  test('survives what JSON can not hold', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(line(circle).message).toContain('[Circular');
    expect(line({ big: 1n }).message).toBe('{ big: 1n }');
  });

  test('has no request id while the code is loaded', () => {
    expect(JSON.parse(logLine('WARN', undefined, ['early']))).toEqual({
      timestamp: expect.any(String),
      level: 'WARN',
      message: 'early',
    });
  });
});
