import { runCommandLine } from '../../../infra/ops/command-line.ts';
import { commands } from '../../../infra/ops/commands.ts';

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(commands, args, {
    print: (text) => out.push(text),
    complain: (text) => err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test.each([
  [['map-reason', 'te wijd', 'too_wide'], /can't mean "too_wide", only color, too_small, too_big/],
  [['map-condition', 'los', 'too_big'], /can't mean "too_big", only good, bad/],
  [['map-resolution', 'bel mij', 'good'], /only refund, other/],
  [['map-reason', ' ', 'too_big'], /The text is empty/],
  [['map-reason', 'te wijd'], /needs <meaning>/],
  [['map-reason', 'te wijd', 'too_big', '--queue', 'http://q'], /--queue needs --table/],
  [['map-reason', 'te wijd', 'too_big', '--table', 'bridge'], /--table needs --queue/],
])('%j is typed wrong: exit code 2 and one line', async (args, message) => {
  const { code, out, err } = await run(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
  expect(err).not.toContain('\n');
});

test('what is built in is not mapped to something else', async () => {
  expect(await run('map-reason', 'Te klein', 'too_big')).toEqual({
    code: 1,
    out: '',
    err: 'The reason "Te klein" is built in and means too_small: it is not mapped.',
  });
});

test('what is built in and means that already needs nothing', async () => {
  const { code, out } = await run('map-condition', 'gedragen', 'bad');
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('already') });
});

test('the help tells what a text can mean, and the line for the local runtime', async () => {
  const { out } = await run('map-resolution', '--help');
  expect(out).toMatch(/Meanings: refund, other\./);
  expect(out).toMatch(/--local/);
});

test('a local runtime that does not run is one line', async () => {
  const before = { ...process.env };
  Object.assign(process.env, { DYNAMODB_PORT: '1', SQS_PORT: '2' });
  try {
    const { code, err } = await run('story', '000000549', '--local');
    expect(code).toBe(1);
    expect(err).toBe(
      'Nothing answers at http://127.0.0.1:1 and http://127.0.0.1:2: start it with npm start.',
    );
  } finally {
    process.env = before;
  }
});
