import fc from 'fast-check';
import { splitName } from '../../../../lib/webhooks/winkelstraat/addresses.ts';

describe('a single name is split at the family name', () => {
  test.each([
    ['Jan Jansen', 'Jan', 'Jansen'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Jan Peter de Vries', 'Jan Peter', 'de Vries'],
    ['JAN VAN DEN BERG', 'JAN', 'VAN DEN BERG'],
    ['Anna van ’t Hof', 'Anna', 'van ’t Hof'],
    ["Anna in 't Veld", 'Anna', "in 't Veld"],
    ['Mohammed el Amrani', 'Mohammed', 'el Amrani'],
    ['Anna Maria Berg', 'Anna Maria', 'Berg'],
    ['  Jan   van  der Berg ', 'Jan', 'van der Berg'],
    ['van der Berg', undefined, 'van der Berg'],
    ['Jansen', undefined, 'Jansen'],
    ['Jansen, Jan', 'Jan', 'Jansen'],
    ['van der Berg ,  Jan  Peter', 'Jan Peter', 'van der Berg'],
    ['Berg, Jan van der', 'Jan', 'van der Berg'],
    ['La Toya Jackson', 'La Toya', 'Jackson'],
    ['La Toya van der Berg', 'La Toya', 'van der Berg'],
    ['El Mostafa Bouali', 'El Mostafa', 'Bouali'],
    ['El Amrani', undefined, 'El Amrani'],
    ['Le de Vries', undefined, 'Le de Vries'],
    ['De Vries Jansen', undefined, 'De Vries Jansen'],
    // Not plainly two parts.
    ['Jansen, Jan, Piet', 'Jansen, Jan,', 'Piet'],
    // A prefix without a name behind it is not a prefix.
    ['Jan Van', 'Jan', 'Van'],
  ])('%s', (name, firstName, lastName) => {
    expect(splitName(name)).toEqual({ firstName, lastName });
  });

  test.each([undefined, '', '   '])('no name (%j) has no parts', (name) => {
    expect(splitName(name)).toEqual({});
  });

  test('no word of any name is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const { firstName, lastName } = splitName(name);
        const words = name.split(/\s+/).filter(Boolean);
        const read = [firstName, lastName].filter(Boolean).join(' ');
        const letters = (text: string) => [...text.replace(/[\s,]/g, '')].sort();
        expect(letters(read)).toEqual(letters(name));
        if (!name.includes(',')) expect(read).toBe(words.join(' '));
        if (words.length > 0) expect(lastName).toBeTruthy();
      }),
    );
  });
});
