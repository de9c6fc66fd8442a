import { execFileSync } from 'node:child_process';
import { inPrintableLines, type Terminal } from '../../../infra/cli/command-line.ts';
import { shellCommand } from '../../../infra/cli/output.ts';
import { runOps } from '../../support/ops.ts';

function printed(line: string): string[] {
  const lines: string[] = [];
  const keep = (text: string) => void lines.push(text);
  const terminal: Terminal = { print: keep, complain: keep, exitCode: 0 };
  inPrintableLines(terminal).print(line);
  inPrintableLines(terminal).complain(line);
  return lines;
}

test.each([
  ['moves the cursor', 'a\u001b[2Jb\u0007c', 'ab c'],
  ['adds a line', 'a\r\nb\u2028c', 'a b c'],
  ['hides or reorders letters', 'a\u200bb\u202ec', 'abc'],
  ['is half an emoji', 'a\ud83db', 'a b'],
  ['is plain, indented', '    Ömer 5€ 👗', '    Ömer 5€ 👗'],
])('a text that %s is one printable line', (_what, line, shown) => {
  expect(printed(line)).toEqual([shown, shown]);
});

test('what was typed wrong is printed so, too', async () => {
  const { code, complaints } = await runOps('ordr\u001b[2J\u0007');
  expect({ code, complaints }).toEqual({ code: 2, complaints: [expect.stringMatching(/command 'ordr '/)] });
});

test('a command that ends with code 1 ends so in printable lines', () => {
  const terminal: Terminal = { print: () => {}, complain: () => {}, exitCode: 0 };
  inPrintableLines(terminal).exitCode = 1;
  expect(terminal.exitCode).toBe(1);
  expect(inPrintableLines(terminal).exitCode).toBe(1);
});

test('a shell takes each word of a printed command literally', () => {
  const words = [
    '000000549',
    'te wijd $(touch ran)',
    'B20; touch ran2 #',
    "it's `id`",
    'kost $5',
    '"a\\b"',
    '*',
    '~',
    '',
    '!!',
  ];
  const script = shellCommand('printf', '%s\\0', ...words);
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
});

test('a word that no shell changes is not quoted', () => {
  expect(shellCommand('npx', 'bridge', 'order', '000000549')).toBe('npx bridge order 000000549');
});
