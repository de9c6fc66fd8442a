import { stripVTControlCharacters } from 'node:util';

/** A text from outside as one line, without the characters that control a terminal, or hide or reorder text. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** A line that may contain texts from outside, with its indentation. */
export const printableLine = (line: string): string => {
  const [spaces = ''] = /^ */.exec(line) ?? [];
  return spaces + printable(line);
};

/** JSON on several lines. The characters that `printable` leaves out are escaped. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** `1 message`, `2 messages`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2024-03-08T13:30:00.000Z` as `2024-03-08 13:30:00Z`. */
export const formatTime = (iso: string): string => iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');

/** `EUR 49.95` */
export const formatAmount = (amount: number, currency = 'EUR'): string => `${currency} ${amount.toFixed(2)}`;

/** Rows as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widthOf = (at: number): number => Math.max(...rows.map((row) => row[at]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widthOf(at)))
      .join('  ')
      .trimEnd(),
  );
}

export const indent = (lines: readonly string[], spaces = 2): string[] =>
  lines.map((line) => `${' '.repeat(spaces)}${line}`);

const units = [
  ['d', 24 * 3600],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Up to here seconds alone are easier to read. */
const onlySeconds = 120;

/** Seconds as a person says them, in their two largest units: `45 s`, `8 min`, `2 min 7 s`, `1 d 4 h`. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  if (rest < onlySeconds) return `${rest} s`;
  const first = units.findIndex(([, size]) => rest >= size);
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}

/** Says on stderr what is being done, so that stdout holds the tables alone. On a terminal one line is rewritten. */
export function progress(what: string, done: number, of: number): void {
  const { isTTY } = process.stderr;
  const line = printable(`${what} ${done}/${of}`);
  if (isTTY) process.stderr.write(`\r\x1b[K${done < of ? `${bar(done, of)} ${line}` : ''}`);
  else if (done === 1 || done === of) process.stderr.write(`${line}\n`);
}

/** The same for work of unknown size, on a terminal only. @param count 0 when it is over */
export function counting(what: string, count: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${count > 0 ? `${what} ${count}` : ''}`);
}

const width = 30;

const bar = (done: number, of: number): string => {
  const filled = Math.round((width * done) / Math.max(of, 1));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
};
