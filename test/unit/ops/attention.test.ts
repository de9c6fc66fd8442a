import { runOps } from '../../support/ops.ts';

test.each([
  [['done', '1/2'], /required option '--note <text>' not specified/],
  [['done', '--note', 'paid'], /missing required argument 'return'/],
  [['done', '1/2', '--note', ' '], /'--note <text>' argument ' ' is invalid. It is empty/],
  [['advance'], /needs --all, --order <order> or a return/],
  [['advance', '--all', '--order', '5'], /takes only one of these: --all, an order, or a return/],
  [['advance', '--all', '1/2'], /takes only one of these: --all, an order, or a return/],
  [['advance', '--order', '5', '--release'], /--release needs a return/],
  [['advance', '--all', '--newer-than', 'soon'], /Give a whole number from 0/],
  [['attention', '--local', '--table', 'x'], /'--local' cannot be used with option '--table <name>'/],
])('%j is typed wrong: exit code 2 and one line', async (args, message) => {
  const { code, lines, complaints } = await runOps(...args);
  expect({ code, lines }).toEqual({ code: 2, lines: [] });
  expect(complaints).toEqual([expect.stringMatching(message)]);
});
