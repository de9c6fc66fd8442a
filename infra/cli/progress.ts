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
