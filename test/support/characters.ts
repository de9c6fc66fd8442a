import fc from 'fast-check';

const surrogates = 0x800;
const firstSurrogate = 0xd800;

/**
 * Any character of Unicode, as the unit of an `fc.string`. It is fast-check's own unit `binary`, with the same texts from
 * the same seed. That one makes a list of all characters first: a second of CPU time in each process.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(0x10ffff - surrogates).map(
  (index) => String.fromCodePoint(index < firstSurrogate ? index : index + surrogates),
  (text) => {
    const code = typeof text === 'string' && text.isWellFormed() ? text.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== text)
      throw new Error('This is not one character.');
    return code < firstSurrogate ? code : code - surrogates;
  },
);
