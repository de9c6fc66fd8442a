import { newLocalFolder } from '../../support/local-folder.ts';
import { runOps } from '../../support/ops.ts';

test.each([
  [['map-reason', 'mouwen te wijd', 'too_wide'], /can't mean "too_wide", only color, too_small, too_big/],
  [['map-condition', 'los', 'too_big'], /can't mean "too_big", only good, bad/],
  [['map-resolution', 'bel mij', 'good'], /only refund, other/],
  [['map-status', 'return_received', 'complete'], /only pending, authorized, partially_authorized/],
  [['map-reason', ' ', 'too_big'], /The text is empty/],
  [['map-reason', 'mouwen te wijd'], /missing required argument 'meaning'/],
  [
    ['map-reason', 'mouwen te wijd', 'too_big', '--local', '--stage', 'prod'],
    /'--local' cannot be used with/,
  ],
])('%j is typed wrong: exit code 2 and one line', async (args, message) => {
  const { code, lines, complaints } = await runOps(...args);
  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(complaints).toEqual([expect.stringMatching(message)]);
  expect(complaints[0]).not.toContain('\n');
});

test('a built-in text is not mapped to another meaning', async () => {
  expect(await runOps('map-reason', 'Te klein', 'too_big')).toMatchObject({
    code: 1,
    lines: [],
    complaints: ['The reason "Te klein" is built in and means too_small: it can\'t be mapped.'],
  });
});

test('a status that Winkelstraat documents is not mapped to another', async () => {
  expect(await runOps('map-status', 'Authorized', 'denied')).toMatchObject({
    code: 1,
    complaints: ['The status "Authorized" is built in and means authorized: it can\'t be mapped.'],
  });
});

test('the help names the meanings, and the option for the local runtime', async () => {
  const { text } = await runOps('map-resolution', '--help');
  expect(text).toMatch(/Meanings: refund, other\./);
  expect(text).toMatch(/--local/);
});

const folder = newLocalFolder();

test('that nothing runs on this machine is said in one line', async () => {
  const before = { ...process.env };
  process.env.LOCAL_FOLDER = folder;
  try {
    expect(await runOps('order', '000000549', '--local')).toMatchObject({
      code: 1,
      complaints: ['Nothing runs on this machine: start it with npm start.'],
    });
  } finally {
    process.env = before;
  }
});
