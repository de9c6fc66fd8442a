import fc from 'fast-check';
import * as z from 'zod/mini';
import { deepestJson, faultsOf, jsonFault } from '../../../lib/webhooks/json.ts';
import { identifier, quantity, rmaStatus } from '../../../lib/webhooks/winkelstraat/fields.ts';

const nested = (levels: number, open: '[' | '{"a":'): unknown =>
  JSON.parse(`${open.repeat(levels)}1${(open === '[' ? ']' : '}').repeat(levels)}`);

describe('acceptable JSON', () => {
  test.each(['[', '{"a":'] as const)(`may nest 32 levels of %s and no more`, (open) => {
    expect(deepestJson).toBe(32);
    expect(jsonFault(nested(32, open))).toBeUndefined();
    expect(jsonFault(nested(33, open))).toEqual({ path: '', message: 'is nested deeper than 32 levels' });
  });

  test('is told from JSON of any depth, without running out of stack', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 ? [deep] : { a: deep };

    expect(jsonFault(deep)).toBeDefined();
  });

  test('is found too deep wherever the depth is', () => {
    expect(jsonFault({ shallow: [1, 2], deep: [[], nested(32, '[')] })).toBeDefined();
  });

  test('has no number that is out of range', () => {
    expect(jsonFault(JSON.parse('{"items":[{"price":1e999}]}'))).toMatchObject({
      message: 'holds a number that is out of range',
    });
  });

  test('is any other JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => jsonFault(value) === undefined));
  });
});

describe('the faults of a body', () => {
  const schema = z.object({
    id: identifier,
    status: rmaStatus,
    items: z.array(z.object({ pieces: quantity, name: z.string() })).check(z.minLength(1)),
  });
  const faults = (body: unknown) => {
    const parsed = z.safeParse(schema, body);
    return parsed.success ? [] : faultsOf(parsed.error, body);
  };

  test('are all told, each with its path', () => {
    expect(faults({ id: {}, items: [{ pieces: 1, name: 'a' }, { pieces: 0.5 }] })).toEqual([
      { path: 'id', message: 'must be an identifier (text or a whole number)' },
      { path: 'status', message: expect.stringContaining('is required') },
      { path: 'items.1.pieces', message: 'must be a whole number' },
      { path: 'items.1.name', message: 'is required' },
    ]);
  });

  test('name what is allowed and how many there must be', () => {
    expect(faults({ id: 1, status: 'lost', items: [] })).toEqual([
      { path: 'status', message: expect.stringMatching(/^must be one of pending, authorized, /) },
      { path: 'items', message: 'must have at least 1 item(s)' },
    ]);
  });

  test('name the type that was expected', () => {
    expect(faults({ id: 1, status: 'closed', items: [{ pieces: 1, name: 7 }] })).toEqual([
      { path: 'items.0.name', message: 'must be of type string' },
    ]);
    expect(faults('text')).toEqual([{ path: '', message: 'must be of type object' }]);
  });

  test('never repeat a value: values are personal data', () => {
    const secret = fc.constantFrom('Jan Jansen', 'jan@example.com', '9012DE');
    const anywhere = fc.record(
      {
        id: fc.oneof(secret, fc.dictionary(secret, secret)),
        status: secret,
        items: fc.oneof(
          secret,
          fc.array(fc.record({ pieces: secret, name: fc.array(secret) }), { maxLength: 2 }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anywhere, (body) => {
        const told = JSON.stringify(faults(body));
        expect(told).not.toMatch(/Jan|example\.com|9012DE/);
        expect(told).not.toMatch(/zod|Invalid input/i);
      }),
    );
  });
});
