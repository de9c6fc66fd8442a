/** A command to copy stays on one line of its own: the terminal itself wraps it, and pastes it as one line. */
const copied = /^(.*?)((?:npx bridge|curl) .*)$/;

/** Up to this share of a line, the following lines begin below its second column. */
const widestHead = 1 / 3;

/**
 * Breaks a line at words so that it fits into a terminal. The following lines begin below the text of the line's second
 * column, such as `  why        The article …`. A longer word has a line of its own.
 * @param width the terminal's columns; undefined keeps the line, as a pipe wants it
 */
export function wrap(line: string, width: number | undefined): string[] {
  if (width === undefined || line.length <= width) return [line];
  const [, before = '', command] = copied.exec(line) ?? [];
  const [margin = ''] = /^ */.exec(line) ?? [];
  if (command !== undefined) {
    return before.trim() === '' ? [line] : [...wrap(before.trimEnd(), width), `${margin}    ${command}`];
  }
  const [head = ''] = /^ *\S+(?: \S+)* {2,}(?=\S)/.exec(line) ?? [];
  const rest = ' '.repeat(
    head.length > 0 && head.length <= width * widestHead ? head.length : margin.length + 2,
  );
  const lines: string[] = [];
  let current = margin;
  let gap = '';
  for (const part of line.trim().split(/( +)/)) {
    if (part.trim() === '') gap = part;
    else if (current.trim() === '' || current.length + gap.length + part.length <= width) {
      current += (current.trim() === '' ? '' : gap) + part;
    } else {
      lines.push(current);
      current = rest + part;
    }
  }
  return [...lines, current];
}
