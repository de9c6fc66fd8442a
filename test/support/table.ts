type Rows = readonly (readonly string[])[];

const widthsOf = (rows: Rows): number[] => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, { length }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, length);
  }
  return widths;
};

/** Rows under their heads and a rule. The first column and one without a head are text, the others are numbers. */
export function table(heads: readonly string[], rows: Rows): string {
  const widths = widthsOf([heads, ...rows]);
  const pad = (cell: string, at: number): string =>
    at > 0 && heads[at] !== '' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  const [head, ...lines] = [heads, ...rows].map((row) => row.map(pad).join('  ').trimEnd());
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...lines].join('\n');
}
