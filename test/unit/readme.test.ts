import { readFileSync } from 'node:fs';
import { Settings } from '../../infra/settings/stage.ts';
import { returnStates } from '../../lib/returns/return-item.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';

const page = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const readme = page('README.md');

const pathsOf = (sender: string): string[] =>
  senders.filter(({ name }) => name === sender).flatMap(({ webhooks }) => webhooks.map(({ path }) => path));

test.each(pathsOf('winkelstraat'))('the README says what is posted to %s', (path) => {
  expect(readme).toContain(`\`POST ${path}\``);
});

test.each(pathsOf('igf'))('the page about IGF’s webhooks says what is posted to %s', (path) => {
  expect(page('docs/subscriptions.md')).toContain(`\`POST ${path}\``);
});

test.each(Object.keys(Settings.shape))('the README explains the setting %s', (setting) => {
  expect(readme).toMatch(new RegExp(`^\\| \`${setting}\``, 'm'));
});

test.each(returnStates)('the life of a return says what to do when it is %s', (state) => {
  expect(page('docs/life-of-a-return.md')).toMatch(new RegExp(`^\\| [^|]*\`${state}\``, 'm'));
});
