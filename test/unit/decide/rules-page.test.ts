import { readFileSync, writeFileSync } from 'node:fs';
import { actionRules, attentionRules } from '../../../lib/decide/rules.ts';

const page = new URL('../../../docs/life-of-a-return.md', import.meta.url);
const stages = { any: 'any', unlisted: 'not listed', listed: 'listed' };

const tableOf = (rules: typeof actionRules | typeof attentionRules): string =>
  [
    '| rule | returns | when, and what follows |',
    '|---|---|---|',
    ...rules.map(({ name, stage, says }) => `| \`${name}\` | ${stages[stage]} | ${says} |`),
  ].join('\n');

/** The page with these tables between its markers. */
const withTables = (text: string): string =>
  [
    ['what to do', tableOf(actionRules)],
    ['what people must do', tableOf(attentionRules)],
  ].reduce((made, [name, table]) => {
    const [begin, end] = [`<!-- rules: ${name} -->\n\n`, `\n\n<!-- end of rules: ${name} -->`];
    const [before = '', rest = ''] = made.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`docs/life-of-a-return.md has no markers "${begin.trim()}".`);
    return `${before}${begin}${table}${end}${after}`;
  }, text);

test('docs/life-of-a-return.md lists the rules (REWRITE_DOCS=1 npm test -- rules-page rewrites it)', () => {
  const text = readFileSync(page, 'utf8');
  if (process.env.REWRITE_DOCS) writeFileSync(page, withTables(text));
  expect(readFileSync(page, 'utf8')).toBe(withTables(text));
});
