import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Asks for a secret, which the terminal does not show. Without a terminal it is all of stdin. Empty: none was given. */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).trim();
  process.stderr.write(`${question} `);
  const output = new Writable({ write: (_chunk, _encoding, written) => written() });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return (await terminal.question('')).trim();
  } catch {
    // Ctrl-D.
    return '';
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
