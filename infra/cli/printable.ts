import { stripVTControlCharacters } from 'node:util';

/** A text from outside as one line of a terminal: without anything that a terminal obeys. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
