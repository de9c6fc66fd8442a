import fc from 'fast-check';
import { largestBodyBytes } from '../../lib/config/limits.ts';
import { canary, type Repeated } from './request.ts';

/** A large body repeats one of these. */
const units = [
  '0,',
  '{},',
  '[],',
  '"",',
  'null,',
  '1e9,',
  '1.5,',
  '-0,',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]],',
  '{"a":{"a":{"a":{"a":{"a":{}}}}}},',
  '{"b":0,"a":0},',
  '{"id":1},',
  '{"id":1,"sku":1,"status":"closed"},',
  '{"id":0,"sku":0,"status":0,"qty_approved":{}},',
  '{"rma_item_id":1,"sku":1,"price":""},',
  '{"sku":1,"qty":"x","item_price_inc_tax":"x"},',
  '{"id":1,"orderId":"x","status":0,"label":0,"order":0},',
  '{"id":1,"status":"","order":{"id":-1,"listingId":""}},',
  `{"${canary}":"${canary}"},`,
];
const letters = ['x', ' ', '.', '#', '0', '\\n', '\\ud800', '\\u0000', 'é', '名', '👟', '-', '2024-02-20 '];

const room = largestBodyBytes - 200;
const fill = (unit: string, bytes: number): Repeated => ({
  repeat: unit,
  times: Math.max(1, Math.floor(bytes / Buffer.byteLength(unit))),
});

type Parts = (string | Repeated)[];

/** The place of the bulk in a sample: a field of the document, of its first item, or the document itself. */
interface Frame {
  readonly before: string;
  readonly after: string;
}

const mark = '\u0001here\u0001';

/** Every place of a sample as a frame around it. */
function frames(sample: unknown): Frame[] {
  const marked: string[] = [JSON.stringify(mark)];
  const walk = (value: unknown, rebuild: (inner: unknown) => unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) marked.push(JSON.stringify(rebuild({ ...value, unknown: mark })));
    for (const [name, inner] of Object.entries(value)) {
      const put = (next: unknown): unknown =>
        rebuild(
          Array.isArray(value) ? Object.assign([...value], { [name]: next }) : { ...value, [name]: next },
        );
      marked.push(JSON.stringify(put(mark)));
      walk(inner, put);
    }
  };
  walk(sample, (inner) => inner);
  return marked.map((text) => {
    const [before = '', after = ''] = text.split(JSON.stringify(mark));
    return { before, after };
  });
}

const manyFields = (bytes: number): string => {
  const fields: string[] = [];
  for (let size = 0; size < bytes - 20; size += (fields.at(-1)?.length ?? 0) + 1) {
    fields.push(`"${fields.length.toString(36)}q":0`);
  }
  return `{${fields.join(',')}}`;
};

/** Bodies of about the largest accepted size, in the shapes that cost the most. */
export function large(sample: unknown): fc.Arbitrary<string | Parts> {
  const places = frames(sample);
  return fc
    .tuple(
      fc.constantFrom(...places),
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...units).map((unit) => ['[', unit, '0]'] as const) },
        { weight: 4, arbitrary: fc.constantFrom(...letters).map((letter) => ['"', letter, 'x"'] as const) },
        { weight: 1, arbitrary: fc.constantFrom(['', '[', ''] as const, ['', '{"a":', '1'] as const) },
        { weight: 1, arbitrary: fc.constant('fields' as const) },
      ),
      // Mostly the largest size that fits, sometimes a little more.
      fc.constantFrom(0, 0, 0, 0, 400),
    )
    .map(([{ before, after }, bulk, beyond]) => {
      const bytes = room + beyond - Buffer.byteLength(before) - Buffer.byteLength(after);
      if (bulk === 'fields') return `${before}${manyFields(bytes)}${after}`;
      const [open, unit, close] = bulk;
      return [`${before}${open}`, fill(unit, bytes), `${close}${after}`];
    });
}
