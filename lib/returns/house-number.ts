import type { Address } from '../facts/facts.ts';

/** Words between the number of a house and that of a box or an apartment in it, in Belgium and France. */
const box = '(?:bus|bte|bo[iî]te|box|b|app?t?|unit)';

const added = String.raw`(?:\p{L}{1,2}|bis|ter|quater|huis|${box})`;

/** What follows the number: `a`, `bis`, `A-hs`, `bus A`. */
const addition = new RegExp(String.raw`^(?:[\s-]?${added})?(?:[\s-]${added})?\.?$`, 'iu');

/** The house number before the number of a box: `12 bus `, `12a/`. */
const beforeBox = new RegExp(String.raw`\d{1,5}\p{L}?\s?,?\s?(?:[-/]\s?|${box}\.?\s?)$`, 'iu');

/** A street and the number of a house, which are written in one field. */
interface Street {
  street: string;
  houseNr: string;
}

/**
 * Splits a street and the house number at its end: the last number, with what follows. A number of a box belongs to the
 * house number before it. `undefined` where the last number is not plainly that of a house.
 */
function splitStreet(text: string): Street | undefined {
  const last = [...text.matchAll(/\d+/g)].at(-1);
  if (!last || last[0].length > 5) return undefined;
  if (!addition.test(text.slice(last.index + last[0].length))) return undefined;
  const house = beforeBox.exec(text.slice(Math.max(0, last.index - 20), last.index));
  const start = house ? last.index - house[0].length : last.index;
  const street = text.slice(0, start).replace(/[\s,]+$/, '');
  // A letter right before the number makes it part of a word, such as a block.
  if (!/\p{L}/u.test(street) || /\p{L}$/u.test(text.slice(0, start))) return undefined;
  return { street, houseNr: text.slice(start).trim() };
}

const hasDigit = (text: string): boolean => /\d/.test(text);

/**
 * The street and the house number of an address. The number may be in the street, and what follows it in the field of
 * the number. `undefined` where the address has no number.
 */
export function readStreet({ street = '', houseNumber = '' }: Address): Street | undefined {
  if (hasDigit(houseNumber)) return { street, houseNr: houseNumber };
  const split = splitStreet(street);
  const isAddition = /\p{L}/u.test(houseNumber) && addition.test(` ${houseNumber}`);
  if (!split || !isAddition) return split;
  return { ...split, houseNr: `${split.houseNr} ${houseNumber}` };
}
