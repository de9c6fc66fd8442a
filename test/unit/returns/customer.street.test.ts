import fc from 'fast-check';
import { readStreet } from '../../../lib/returns/customer.ts';
import { anyCharacter } from '../../support/characters.ts';

test.each([
  ['Lindenallee 12', 'Lindenallee', '12'],
  ['Lindenallee 12a', 'Lindenallee', '12a'],
  ['Lindenallee 12 A', 'Lindenallee', '12 A'],
  ['Lindenallee, 12', 'Lindenallee', '12'],
  ['Rue de la Paix 7 bis', 'Rue de la Paix', '7 bis'],
  ['Rue de la Paix 7 quater', 'Rue de la Paix', '7 quater'],
  ['Kerkstraat 12 bus 3', 'Kerkstraat', '12 bus 3'],
  ['Kerkstraat 12 bus 0301', 'Kerkstraat', '12 bus 0301'],
  ['Kerkstraat 12a, bus 3', 'Kerkstraat', '12a, bus 3'],
  ['Kerkstraat 12 bus A', 'Kerkstraat', '12 bus A'],
  ['Rue Haute 12 bte 3', 'Rue Haute', '12 bte 3'],
  ['Rue Haute 12 boîte 3', 'Rue Haute', '12 boîte 3'],
  ['Kerkstraat 12-3', 'Kerkstraat', '12-3'],
  ['Kerkstraat 12 - 3', 'Kerkstraat', '12 - 3'],
  ['Kerkstraat 12/3', 'Kerkstraat', '12/3'],
  ['Kerkstraat 12 A-hs', 'Kerkstraat', '12 A-hs'],
  ['Plein 1944 12', 'Plein 1944', '12'],
  ['Straße des 17. Juni 135', 'Straße des 17. Juni', '135'],
  ['1e Oosterparkstraat 5', '1e Oosterparkstraat', '5'],
  ['Packstation 123', 'Packstation', '123'],
  ['Autobus 5', 'Autobus', '5'],
])('%j is told apart', (text, street, houseNr) => {
  expect(readStreet({ street: text })).toEqual({ street, houseNr });
});

test.each([
  'Kastanjelaan',
  '12 rue de Rivoli',
  '2e Kerkstraat',
  'Straße des 17. Juni',
  'Rue du 8 Mai',
  'Lindenallee 1234567',
  'Blok C3',
  '12',
  '',
])('%j has no plain house number', (street) => {
  expect(readStreet({ street })).toBeUndefined();
});

test('a number in its own field is taken as it is, and the street too', () => {
  expect(readStreet({ street: 'Plein 1944', houseNumber: '7 bis' })).toEqual({
    street: 'Plein 1944',
    houseNr: '7 bis',
  });
});

test.each([
  ['a', '12 a'],
  ['bis', '12 bis'],
  ['A-hs', '12 A-hs'],
])('what follows the number joins it from a field of its own: %j', (houseNumber, houseNr) => {
  expect(readStreet({ street: 'Lindenallee 12', houseNumber })).toEqual({ street: 'Lindenallee', houseNr });
});

test.each(['-', 'n/a', 'onbekend'])('%j in the field of the number is none', (houseNumber) => {
  expect(readStreet({ street: 'Lindenallee 12', houseNumber })).toEqual({
    street: 'Lindenallee',
    houseNr: '12',
  });
  expect(readStreet({ street: 'Lindenallee', houseNumber })).toBeUndefined();
});

test('nothing of a street is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.integer({ min: 0, max: 99_999 }), (name, number) => {
      const read = readStreet({ street: `${name} ${number}` });
      if (read)
        expect(`${read.street} ${read.houseNr}`.replace(/[\s,]/g, '')).toBe(
          `${name}${number}`.replace(/[\s,]/g, ''),
        );
    }),
  );
});

// Quadratic time would be minutes here.
test.each([
  ['a number', '1'.repeat(250_000), undefined],
  ['words', 'a '.repeat(125_000), undefined],
  ['boxes', '1 bus '.repeat(40_000), undefined],
  ['blanks', `${' '.repeat(250_000)}x 1`, '1'],
  ['commas', `${','.repeat(250_000)}x 1`, '1'],
  ['numbers', `${'1-'.repeat(125_000)}1`, '1-1'],
])('a street of %s without end is read at once', (_what, long, houseNr) => {
  expect(readStreet({ street: `x ${long}` })?.houseNr).toBe(houseNr);
});
