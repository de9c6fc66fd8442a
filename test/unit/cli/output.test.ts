import { execFileSync } from 'node:child_process';
import { newProgram, runProgram, type Terminal } from '../../../infra/cli/command-line.ts';
import { printableJson, printableLine } from '../../../infra/cli/output.ts';
import { defineCommand } from '../../../infra/ops/command.ts';
import { shellCommand } from '../../../lib/returns/npx-bridge.ts';
import { runOps } from '../../support/ops.ts';

test.each([
  ['moves the cursor', 'a\u001b[2Jb\u0007c', 'ab c'],
  ['adds a line', 'a\r\nb\u2028c', 'a b c'],
  ['hides or reorders letters', 'a\u200bb\u202ec', 'abc'],
  ['is half an emoji', 'a\ud83db', 'a b'],
  ['is plain, indented', '    Ömer 5€ 👗', '    Ömer 5€ 👗'],
])('a text that %s is one printable line', (_what, line, shown) => {
  expect(printableLine(line)).toBe(shown);
});

test('a document is printed without them, and says the same', () => {
  const text = 'a\u001b[2J\u009b2Jb\u007f\u202ec\u2028d\u{e0041} 👗';
  const json = printableJson({ text });
  expect(json).not.toMatch(/[^\P{C}\n]|\p{Zl}/u);
  expect(JSON.parse(json)).toEqual({ text });
});

test('what was typed wrong is printed so, too', async () => {
  const { code, complaints } = await runOps('ordr\u001b[2J\u0007');
  expect({ code, complaints }).toEqual({ code: 2, complaints: [expect.stringMatching(/command 'ordr '/)] });
});

test('a command prints so', async () => {
  const out: string[] = [];
  const terminal: Terminal = { print: (line) => out.push(line), complain: () => {}, exitCode: 0 };
  const program = newProgram('npx try', terminal);
  const command = { name: 'try', summary: '', description: '', examples: [] };
  defineCommand({ ...command, run: ({ print }) => print('  a\u001b[2Jb', 'c\r\nd') })(program, terminal);
  await runProgram(program, ['try'], terminal);
  expect(out).toEqual(['  ab', 'c d']);
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
