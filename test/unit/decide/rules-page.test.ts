import { actionRules, attentionRules } from '../../../lib/decide/rules.ts';
import { comparePage, markdownTable, partOf, readPage } from '../../support/page.ts';

const path = 'docs/life-of-a-return.md';
const stages = { any: 'any', unlisted: 'not listed', listed: 'listed' };

/** What a table of the page says of each rule: when it fits, and what follows. */
const sentencesOf = (part: string): Map<string, string> =>
  new Map(
    partOf(readPage(path), part)
      .split('\n')
      .slice(2)
      .map((line) => line.slice(2, -2).split(' | '))
      .map(([name = '', _stage, says = '']) => [name.slice(1, -1), says]),
  );

const actions = 'rules: what to do';
const tasks = 'rules: what people must do';

type Rules = Readonly<Record<string, { stage: keyof typeof stages }>>;

const tableOf = (part: string, rules: Rules): string =>
  markdownTable([
    ['rule', 'returns', 'when, and what follows'],
    ...Object.entries(rules).map(([name, { stage }]) => [
      `\`${name}\``,
      stages[stage],
      sentencesOf(part).get(name) ?? '',
    ]),
  ]);

test('docs/life-of-a-return.md lists the rules (REWRITE_DOCS=1 npm test -- rules-page rewrites the names)', () => {
  const [page, wanted] = comparePage(path, {
    [actions]: tableOf(actions, actionRules),
    [tasks]: tableOf(tasks, attentionRules),
  });
  expect(page).toBe(wanted);
});

test('the page says of each rule when it fits', () => {
  const unsaid = [...sentencesOf(actions), ...sentencesOf(tasks)].flatMap(([name, says]) =>
    says ? [] : [name],
  );
  expect(unsaid).toEqual([]);
});
