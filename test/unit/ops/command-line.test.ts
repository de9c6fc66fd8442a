import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, CommandError } from '../../../infra/ops/command.ts';
import { runCommandLine } from '../../../infra/ops/command-line.ts';
import { commands } from '../../../infra/ops/commands.ts';
import { openApiFile } from './openapi-file.ts';

const order: Command = {
  name: 'story',
  positionals: ['<order>', '[item…]'],
  options: {
    region: { type: 'string', about: 'where the table is' },
    all: { type: 'boolean', about: 'more' },
  },
  summary: 'tells a story',
  async run({ positionals, options }, print) {
    if (options.region === 'moon') throw new CommandError('There is nothing on the moon.');
    print(JSON.stringify({ positionals, options }));
    return options.all ? 1 : 0;
  },
};
const told: Command = { ...order, name: 'told twice', positionals: [] };

async function run(line: string, known: readonly Command[] = [order, told]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(known, line.split(' ').filter(Boolean), {
    print: (text) => out.push(text),
    complain: (text) => err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('a command gets its arguments and options, and says how it went', async () => {
  const { code, out } = await run('story 000000549 90 91 --region eu-west-1 --all');

  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    positionals: ['000000549', '90', '91'],
    options: { region: 'eu-west-1', all: true },
  });
});

test.each(['', '--help', '-h'])('"%s" lists every command', async (line) => {
  const { code, out } = await run(line);

  expect(code).toBe(0);
  expect(out).toMatch(/story <order> \[item…\] +tells a story/);
});

test('--help of a command tells its options', async () => {
  const { code, out } = await run('story --help');

  expect(code).toBe(0);
  expect(out).toMatch(/npm run ops -- story <order> \[item…\] \[options\]/);
  expect(out).toMatch(/--region <value> +where the table is/);
});

test.each([
  ['stroy', 'There is no command stroy, only story, told twice.'],
  ['told', 'Which one: told twice?'],
  ['told thrice', 'There is no command told thrice'],
  ['story', 'story needs <order>'],
  ['told twice x', 'told twice does not take "x"'],
  ['story 1 --regoin x', "Unknown option '--regoin'"],
])('"%s" is typed wrong: exit code 2 and one line', async (line, message) => {
  const { code, out, err } = await run(line);

  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err).not.toContain('\n');
  expect(out).toBe('');
});

test('what a command could not do is one line and exit code 1', async () => {
  expect(await run('story 1 --region moon')).toEqual({
    code: 1,
    out: '',
    err: 'There is nothing on the moon.',
  });
});

describe('igf verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'igf-verify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('prints what differs, what is missing and the setting that follows the file', async () => {
    const file = join(folder, 'openapi.json');
    writeFileSync(
      file,
      openApiFile((openApi) => {
        openApi.paths['/listings/{id}/cancel'] = openApi.paths['/listings/cancel/{listingId}'];
        delete openApi.paths['/listings/cancel/{listingId}'];
      }),
    );

    const { code, out } = await run(`igf verify ${file}`, commands);

    expect(code).toBe(1);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        '11. cancelListing, PUT /listings/cancel/{listingId} (inferred)',
        '     path: /listings/cancel/{listingId} here, /listings/{id}/cancel in the file',
        '29. setShipmentDelivered, PUT /shipments/{shipmentId}/delivered: not in the file',
        '6 operations compared, 1 differ; 58 of the table are not in the file, 0 of the file not in the table.',
        '  "igfPaths": {"cancelListing":"PUT /listings/{listingId}/cancel"}',
      ]),
    );
  });

  test('a file that is not there is one line', async () => {
    const { code, err } = await run(`igf verify ${join(folder, 'nothing.json')}`, commands);

    expect({ code, err }).toEqual({ code: 1, err: `There is no file ${join(folder, 'nothing.json')}.` });
  });
});
