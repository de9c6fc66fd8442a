import { isForwardable } from '../../../lib/decide/forwardable.ts';
import { type Article, articleOf } from '../../../lib/returns/article.ts';
import { address, policy, pushApiOpening, situation } from '../../support/builders.ts';

function article(overrides: Partial<Article> = {}): Article {
  const { order, item } = situation([pushApiOpening()]);
  const known = articleOf(order, item);
  if (!known) throw new Error('The article is known.');
  return { ...known, ...overrides };
}

const verdict = (overrides: Partial<Article>, settings = policy()) =>
  isForwardable(article(overrides), settings).verdict;

test('an article that nothing was said against can go to another customer', () => {
  expect(isForwardable(article(), policy())).toEqual({ verdict: 'yes' });
});

test.each([
  ['reason', { reason: 'broken' }],
  ['reason', { reason: 'other_bad_condition' }],
  ['reason', { reason: 'Verkeerd artikel' }],
  ['condition', { condition: 'Gedragen' }],
  ['resolution', { resolution: 'Ruilen' }],
  ['currency', { currency: 'GBP' }],
  ['country', { address: address({ country: 'ES' }) }],
])('its %s keeps it from another customer: %j', (_what, overrides) => {
  expect(verdict(overrides as Partial<Article>)).toBe('no');
});

test.each([
  ['reason', { reason: 'te wijd' }],
  ['condition', { condition: 'een beetje los' }],
  ['resolution', { resolution: 'bel mij' }],
])('an unknown %s is a question, not a guess', (field, overrides) => {
  expect(isForwardable(article(overrides), policy())).toEqual({ verdict: 'unknown', field });
});

test('a certain no comes before a question', () => {
  expect(verdict({ reason: 'te wijd', condition: 'Gedragen' })).toBe('no');
  expect(verdict({ reason: 'te wijd', currency: 'USD' })).toBe('no');
  expect(verdict({ resolution: 'bel mij', address: address({ country: 'US' }) })).toBe('no');
});

test.each(['EUR', 'eur', undefined])('currency %j is good enough', (currency) => {
  expect(verdict({ currency })).toBe('yes');
});

test('the policy says which countries are served', () => {
  expect(verdict({ address: address({ country: 'ES' }) }, policy({ countries: ['ES'] }))).toBe('yes');
  expect(verdict({ address: address({ country: 'NL' }) }, policy({ countries: ['ES'] }))).toBe('no');
});

test('a country that is not known yet rules nothing out', () => {
  expect(verdict({ address: undefined })).toBe('yes');
});

test('the reason never repeats a text of the customer', () => {
  const answer = isForwardable(article({ condition: 'kapot', reason: 'private words' }), policy());

  expect(JSON.stringify(answer)).not.toContain('private words');
});

test('what is no code is not repeated in the reason, which is logged', () => {
  const odd = 'JAN@EXAMPLE.COM';
  for (const told of [{ currency: odd }, { address: address({ country: odd }) }]) {
    const answer = isForwardable(article(told), policy());
    expect(answer.verdict).toBe('no');
    expect(JSON.stringify(answer)).not.toContain(odd);
  }
});
