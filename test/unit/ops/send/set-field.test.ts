import { setField } from '../../../../infra/ops/send/set-field.ts';

const example = () => ({
  status: 'authorized',
  number: 7,
  nothing: null,
  items: [{ id: 90, status: 'authorized', reason: 'too big' }],
});

const changed = (path: string, text: string): unknown => {
  const body = example();
  setField(body, path, text);
  return body;
};

test('a path changes one field', () => {
  expect(changed('items.0.status', 'denied')).toMatchObject({
    status: 'authorized',
    items: [{ status: 'denied' }],
  });
});

test('the end of a path changes the field of the body itself, or else each one within', () => {
  expect(changed('status', 'denied')).toMatchObject({ status: 'denied', items: [{ status: 'authorized' }] });
  expect(changed('0.reason', 'te wijd')).toMatchObject({ items: [{ reason: 'te wijd' }] });
  expect(changed('reason', 'te wijd')).toMatchObject({ items: [{ reason: 'te wijd' }] });
});

test.each([
  ['status', '007', { status: '007' }],
  ['status', 'null', { status: null }],
  ['number', '8.5', { number: 8.5 }],
  ['number', 'eight', { number: 'eight' }],
  ['nothing', '2026-01-01', { nothing: '2026-01-01' }],
  ['nothing', 'true', { nothing: true }],
  ['items', '[]', { items: [] }],
])('%s=%s is typed as the example has it, or as JSON', (path, text, expected) => {
  expect(changed(path, text)).toMatchObject(expected);
});

test.each(['reasons', 'items.2.id', 'items.0.reasons', 'items.x', 'status.more', '', 'length', 'toString'])(
  'the unknown path "%s" is refused',
  (path) => {
    expect(() => changed(path, 'x')).toThrow(`The example has no field ${path}.`);
  },
);
