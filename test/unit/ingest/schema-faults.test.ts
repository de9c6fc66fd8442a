import fc from 'fast-check';
import * as z from 'zod/mini';
import { faultsOf } from '../../../lib/ingest/schema-faults.ts';
import { identifier, quantity } from '../../../lib/webhooks/winkelstraat/fields.ts';
import { zodAsDeployed } from '../../support/zod-messages.ts';

zodAsDeployed();

describe('the faults of a body', () => {
  const schema = z.object({
    id: identifier,
    status: z.enum(['open', 'closed']),
    items: z.array(z.object({ units: quantity, name: z.string() })).check(z.minLength(1)),
  });
  const faults = (body: unknown) => {
    const parsed = z.safeParse(schema, body);
    return parsed.success ? [] : faultsOf(parsed.error, body);
  };

  test('are all named, each with its path', () => {
    expect(faults({ id: {}, items: [{ units: 1, name: 'a' }, { units: 0.5 }] })).toEqual([
      { path: 'id', message: 'must be an identifier (text or a whole number)' },
      { path: 'status', message: expect.stringContaining('is required') },
      { path: 'items.1.units', message: 'must be a whole number' },
      { path: 'items.1.name', message: 'is required' },
    ]);
  });

  test('name the allowed values and the required number of entries', () => {
    expect(faults({ id: 1, status: 'lost', items: [] })).toEqual([
      { path: 'status', message: expect.stringMatching(/^must be one of open, closed$/) },
      { path: 'items', message: 'must have at least 1 item(s)' },
    ]);
  });

  test('name the type that was expected', () => {
    expect(faults({ id: 1, status: 'closed', items: [{ units: 1, name: 7 }] })).toEqual([
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
          fc.array(fc.record({ units: secret, name: fc.array(secret) }), { maxLength: 2 }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anywhere, (body) => {
        const text = JSON.stringify(faults(body));
        expect(text).not.toMatch(/Jan|example\.com|9012DE/);
        expect(text).not.toMatch(/zod|Invalid input/i);
      }),
    );
  });
});
