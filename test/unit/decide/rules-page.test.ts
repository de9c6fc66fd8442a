import { actionRules, attentionRules } from '../../../lib/decide/rules.ts';
import { comparePage, markdownTable } from '../../support/page.ts';

const stages = { any: 'any', unlisted: 'not listed', listed: 'listed' };

const tableOf = (rules: typeof actionRules | typeof attentionRules): string =>
  markdownTable([
    ['rule', 'returns', 'when, and what follows'],
    ...rules.map(({ name, stage, says }) => [`\`${name}\``, stages[stage], says]),
  ]);

test('docs/life-of-a-return.md lists the rules (REWRITE_DOCS=1 npm test -- rules-page rewrites it)', () => {
  const [page, wanted] = comparePage('docs/life-of-a-return.md', {
    'rules: what to do': tableOf(actionRules),
    'rules: what people must do': tableOf(attentionRules),
  });
  expect(page).toBe(wanted);
});
