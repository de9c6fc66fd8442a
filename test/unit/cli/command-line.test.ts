import {
  addExamples,
  CommandError,
  newProgram,
  rejectUnknownSubcommands,
  runProgram,
  type Terminal,
  UsageError,
  wholeNumber,
} from '../../../infra/cli/command-line.ts';
import { parseOptions } from '../../support/parse-options.ts';

function testTerminal() {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
    exitCode: 0,
  };
  return { terminal, out, err };
}

/** A program with a command that has arguments and options, and a command with a subcommand. */
function programOf(terminal: Terminal) {
  const program = newProgram('npx try', terminal);
  addExamples(
    program
      .command('order')
      .argument('<order>')
      .argument('[item...]')
      .summary('print an order')
      .option('--region <name>', 'where the table is')
      .option('--all', 'more'),
    'npx try order 5',
  ).action((order: string, items: string[], options: { region?: string; all?: true }) => {
    if (options.region === 'moon') throw new CommandError('There is nothing on the moon.');
    terminal.print(JSON.stringify({ order, items, options }));
    if (options.all) terminal.exitCode = 1;
  });
  const parked = program.command('parked').option('--local', 'here');
  parked.action(() => terminal.print('parked'));
  const redrive = parked.command('redrive').option('--preview', 'change nothing');
  redrive.action(() => terminal.print(JSON.stringify(redrive.optsWithGlobals())));
  rejectUnknownSubcommands(parked);
  return program;
}

async function run(line: string) {
  const { terminal, out, err } = testTerminal();
  const code = await runProgram(programOf(terminal), line.split(' ').filter(Boolean), terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('a command gets its arguments and options, and sets the exit code', async () => {
  const { code, out } = await run('order 000000549 90 91 --region eu-west-1 --all');

  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    order: '000000549',
    items: ['90', '91'],
    options: { region: 'eu-west-1', all: true },
  });
});

test.each(['parked redrive --preview --local', 'parked --local redrive --preview'])(
  '"%s": a subcommand knows the options of its parent, before and after its name',
  async (line) => {
    expect(JSON.parse((await run(line)).out)).toEqual({ local: true, preview: true });
  },
);

test.each(['--help', '-h'])('"%s" lists every command', async (line) => {
  const { code, out } = await run(line);

  expect(code).toBe(0);
  expect(out).toMatch(/order \[options\] <order> \[item...\] +print an order/);
});

test('--help of a command shows its options and examples', async () => {
  const { code, out } = await run('order --help');

  expect(code).toBe(0);
  expect(out).toMatch(/^Usage: npx try order \[options\] <order> \[item...\]$/m);
  expect(out).toMatch(/--region <name> +where the table is/);
  expect(out).toMatch(/^Examples:\n {2}npx try order 5$/m);
});

test.each([
  ['ordre', "error: unknown command 'ordre' (Did you mean order?)"],
  ['ordre --help', "error: unknown command 'ordre' (Did you mean order?)"],
  ['parked redirve', "error: unknown command 'redirve' (Did you mean redrive?)"],
  ['parked redirve -h', "error: unknown command 'redirve' (Did you mean redrive?)"],
  ['order', "error: missing required argument 'order'"],
  ['parked redrive x', "error: too many arguments for 'redrive'. Expected 0 arguments but got 1: x."],
  ['order 1 --regoin x', "error: unknown option '--regoin' (Did you mean --region?)"],
  ['order 1 --region', "error: option '--region <name>' argument missing"],
])('"%s" is rejected with exit code 2 and one line', async (line, message) => {
  expect(await run(line)).toEqual({ code: 2, out: '', err: message });
});

test('a failed command prints one line, with exit code 1', async () => {
  expect(await run('order 1 --region moon')).toEqual({
    code: 1,
    out: '',
    err: 'There is nothing on the moon.',
  });
});

describe('the options of a program without commands', () => {
  const options = (...args: string[]) =>
    parseOptions(
      newProgram('npm run try --', testTerminal().terminal)
        .option('--seed <n>', 'the first number', wholeNumber({ least: 0 }), 1)
        .option('--workers <n>', 'threads', wholeNumber({ least: 2, most: 100 }), 4),
      args,
    );

  test('are numbers, with defaults', () => {
    expect(options('--seed', '0')).toEqual({ seed: 0, workers: 4 });
  });

  test.each([
    [['--seed', '-1'], /option '--seed <n>' argument '-1' is invalid. Give a whole number from 0\.$/],
    [['--seed', ' '], /from 0\.$/],
    [['--seed', '1.5'], /from 0\.$/],
    [['--workers', '101'], /Give a whole number from 2 to 100\.$/],
    [['--worker', '3'], /unknown option '--worker' \(Did you mean --workers\?\)$/],
    [['more'], /too many arguments/],
  ])('%j is rejected with one line', (args, message) => {
    expect(() => options(...args)).toThrow(UsageError);
    expect(() => options(...args)).toThrow(message);
  });
});
