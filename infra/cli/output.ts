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

/** A word that a shell takes as it is. */
const plainWord = /^[\w@%+=:,./-]+$/;

/** A command to paste into a shell, which takes each word literally. */
export const shellCommand = (...words: readonly string[]): string =>
  words.map((word) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/** `1 message`, `2 messages`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2024-03-08T13:30:00.000Z` as `2024-03-08 13:30:00Z`. */
export const formatTime = (iso: string): string => iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');

/** Rows as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
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

/**
 * Lays out rows under their heads. The first column and one without a head are text; the others are numbers, and end at
 * the same place.
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 || heads[column] === '' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

/** Says on stderr what is being done, so that stdout holds the tables alone. On a terminal one line is rewritten. */
export function progress(what: string, done: number, of: number): void {
  const { isTTY } = process.stderr;
  const line = `${what} ${done}/${of}`;
  if (isTTY) process.stderr.write(`\r\x1b[K${done < of ? `${bar(done, of)} ${line}` : ''}`);
  else if (done === 1 || done === of) process.stderr.write(`${line}\n`);
}

const width = 30;

const bar = (done: number, of: number): string => {
  const filled = Math.round((width * done) / Math.max(of, 1));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
};
