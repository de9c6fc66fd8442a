/** Apostrophes and brackets join: `j’attendais` is `jattendais`, and `verwachting(en)` is `verwachtingen`. */
const joining = /['’‘ʼ′`"“”„()[\]]/g;

/** Every other punctuation mark separates words: `niet-zoals-verwacht`. */
const separating = /[\p{P}\s]+/gu;

const accents = /\p{M}+/gu;

/**
 * The form in which texts of people and vendors are compared: without case, accents, punctuation and superfluous
 * spaces. `ß` is `ss`.
 */
export const comparableText = (text: string): string =>
  text
    .replaceAll('´', "'")
    .normalize('NFKD')
    .replace(accents, '')
    .replace(joining, '')
    .replace(separating, ' ')
    .replace(/[ßẞ]/g, 'ss')
    .toLowerCase()
    .trim();
