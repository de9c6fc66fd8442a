/** JSON texts, also some that no program writes: out of range, with a key twice, nearly JSON. */
import fc from 'fast-check';
import { anyCharacter } from '../support/characters.ts';
import { canary } from './request.ts';

const texts = [
  canary,
  `Jan ${canary} Jansen`,
  `${canary}@example.com`,
  `${canary}\u0000\u0001\u001f\u007f`,
  `\ufffe\uffff${canary}`,
  `e\u0301\u0300\u20dd${canary}`,
  `\u202e${canary}\u200b\ufeff`,
  `👟👨‍👩‍👧${canary}`,
  `\ud83d${canary}`,
  `${canary}\udc00`,
  `<script>${canary}</script>`,
  `'; DROP TABLE ${canary} --`,
  `\${jndi:ldap://${canary}}`,
  `${canary}#%#%`,
  '#'.repeat(200),
  '名'.repeat(200),
  `${canary}${'x'.repeat(300)}`,
  '',
  ' ',
  '\n\r\u2028\u2029',
  '2024-02-30 10:00:00',
  '0000-00-00 00:00:00',
  '9999-12-31T23:59:59.999999999+23:59',
  '1e400',
  '-0',
  '271,00',
  'NaN',
  'authorized',
  'DELIVERED',
  'true',
];
const numbers = [
  '0',
  '-0',
  '1',
  '-1',
  '0.5',
  '1e400',
  '-1e400',
  '1e-400',
  '1e308',
  '9007199254740993',
  '123456789012345678901234567890',
  '1E+2',
  '1.0',
  '0.1e-7',
  '731234567890123',
];
/** Not JSON, although it looks like it. */
const nearly = [
  'NaN',
  'Infinity',
  '01',
  '.5',
  '+1',
  "'a'",
  'undefined',
  '/**/1',
  '1,',
  '"\\x41"',
  '"a\nb"',
  '{a:1}',
];

const nested = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(['[', ']'], ['{"a":', '}']))
  .map(([depth, [open, close]]) => `${open?.repeat(depth)}1${close?.repeat(depth)}`);

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toJSON',
  'then',
  'toString',
  'hasOwnProperty',
  'length',
];

/** Names of fields, many of them with a meaning in JavaScript. */
export const fieldName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...names,
    '',
    '0',
    '4294967295',
    'items.0',
    '$where',
    `${canary} `,
    `\ud800${canary}`,
    '\u0000',
  ),
  fc.constantFrom('id', 'sku', 'status', 'items', 'order', 'x-api-key'),
  fc.string({ maxLength: 8 }).map((text) => `${canary}${text}`),
);

const pollution = fc
  .constantFrom(...names)
  .map((name) => `{${JSON.stringify(name)}:{"prototype":{"isAdmin":true},"isAdmin":true}}`);

/** Any text in place of a JSON value. */
export const valueText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...texts).map((text) => JSON.stringify(text)) },
  { weight: 4, arbitrary: fc.constantFrom(...numbers) },
  { weight: 4, arbitrary: fc.constantFrom('null', 'true', 'false', '[]', '{}', '[[]]', '[{}]', '[null]') },
  { weight: 2, arbitrary: nested },
  { weight: 2, arbitrary: pollution },
  { weight: 1, arbitrary: fc.constantFrom(...nearly) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter }).map((text) => JSON.stringify(canary + text)) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4, stringUnit: anyCharacter }) },
);
