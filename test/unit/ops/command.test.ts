import { z } from 'zod';
import { newProgram, runProgram } from '../../../infra/cli/command-line.ts';
import { defineCommand } from '../../../infra/ops/command.ts';
import { runOps } from '../../support/ops.ts';

const Weighed = z.object({ kilos: z.number().nullable().meta({ description: 'its weight' }) });

const weighCommand = defineCommand<{ readonly heavy?: true }, typeof Weighed>({
  name: 'weigh',
  summary: 'weigh something',
  description: 'Weighs something.',
  examples: ['npx try weigh stone'],
  result: Weighed,
  parameters: (command) => command.argument('<what>').option('--heavy', 'it is heavy'),
  dryRun: 'only look at it',
  run: async ({ options, isPreview }, what: string) => ({
    result: { kilos: isPreview ? null : what.length, secret: 'not in the schema' },
    exitCode: options.heavy ? 1 : 0,
  }),
  format: ({ kilos }) => [`It weighs \u001B[31m${kilos} kilograms, which is what a scale says of it.`],
});

async function run(columns: number | undefined, ...args: string[]) {
  const out: string[] = [];
  const print = (line: string) => void out.push(line);
  const terminal = { print, complain: print, columns, exitCode: 0 as const };
  const program = newProgram('npx try', terminal);
  weighCommand(program, terminal);
  return { code: await runProgram(program, args, terminal), out };
}

test('a person gets lines that fit the terminal, without its control characters', async () => {
  expect(await run(30, 'weigh', 'stone')).toEqual({
    code: 0,
    out: ['It weighs 5 kilograms, which', '  is what a scale says of it.'],
  });
});

test('--json prints one document, which has what its schema has', async () => {
  const { code, out } = await run(30, 'weigh', 'stone', '--json', '--heavy');
  expect({ code, documents: out.map((text) => JSON.parse(text)) }).toEqual({
    code: 1,
    documents: [{ kilos: 5 }],
  });
});

test.each(['--dry-run', '--preview'])('%s changes nothing', async (option) => {
  const { out } = await run(undefined, 'weigh', 'stone', option, '--json');
  expect(JSON.parse(out[0] ?? '')).toEqual({ kilos: null });
});

test.each([[['help']], [[]], [['--help']]])('%j lists the commands', async (args) => {
  const { code, text } = await runOps(...args);
  expect({ code, text }).toEqual({
    code: 0,
    text: expect.stringMatching(/Usage: npx bridge[\s\S]*attention/),
  });
});

test('help, version and wrong usage have their exit codes', async () => {
  expect(await runOps('help', 'parked', 'redrive')).toMatchObject({
    code: 0,
    text: expect.stringContaining('Usage: npx bridge parked redrive'),
  });
  expect(await runOps('igf', '--help')).toMatchObject({ code: 0, complaints: [] });
  expect(await runOps('--version')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(await runOps('igf')).toMatchObject({ code: 2, lines: [] });
});

test.each([
  [['help', 'storry'], /unknown command 'storry'/],
  [['igf', 'stauts'], /unknown command 'stauts' \(Did you mean status\?\)/],
  [['attention', '--stage', 'nope'], /There is no stage "nope": cdk.json has local, test, prod\./],
  [['attention', '--stage', 'test', '--local'], /'--local' cannot be used with option '--stage <name>'/],
  [['send', '--scenario', 'constructor', '--local'], /There is no scenario constructor\./],
])('%j is typed wrong: exit code 2, and nothing on stdout', async (args, message) => {
  expect(await runOps(...args)).toMatchObject({
    code: 2,
    lines: [],
    complaints: [expect.stringMatching(message)],
  });
});

test('the help of logs says from when on', async () => {
  expect((await runOps('logs', '--help')).text).toMatch(/--since <time> [^(]*\(default:\s+10m\)/);
});
