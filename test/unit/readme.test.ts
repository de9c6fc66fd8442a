import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { portVariables } from '../../infra/local-services.ts';
import { Settings } from '../../infra/settings/stage.ts';
import { returnStates } from '../../lib/returns/return-item.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';

const root = join(import.meta.dirname, '../..');
const page = (name: string): string => readFileSync(join(root, name), 'utf8');
const readme = page('README.md');

const pathsOf = (sender: string): string[] =>
  senders.filter(({ name }) => name === sender).flatMap(({ webhooks }) => webhooks.map(({ path }) => path));

const startOfRow = (name: string): RegExp => new RegExp(`^\\| \`${name}\``, 'm');

test('the README names only paths that a webhook of Winkelstraat is posted to', () => {
  const named = [...readme.matchAll(/`POST (\/winkelstraat\/[^`]+)`/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(0);
  expect(pathsOf('winkelstraat')).toEqual(expect.arrayContaining(named));
});

test.each(pathsOf('igf'))('the page about IGF’s webhooks names the webhook %s', (path) => {
  expect(page('docs/subscriptions.md')).toContain(`\`POST ${path}\``);
});

describe('the page about settings', () => {
  const settings = page('docs/settings.md');

  test.each(Object.keys(Settings.shape))('explains the setting %s', (setting) => {
    expect(settings).toMatch(startOfRow(setting));
  });

  test('names no setting that a stage does not have', () => {
    const [stage = ''] = settings.split('## The local bridge');
    const named = [...stage.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(Settings.shape).sort());
  });

  test.each(Object.values(portVariables))('explains the variable $variable', ({ variable, usual }) => {
    expect(settings).toMatch(new RegExp(`^\\| \`${variable}\` .*\\| ${usual} \\|$`, 'm'));
  });
});

test.each(readdirSync(join(root, 'lib')))(
  'the page about architecture says what lib/%s/ is for',
  (folder) => {
    expect(page('docs/architecture.md')).toMatch(startOfRow(`lib/${folder}/`));
  },
);

test.each(returnStates)('the life of a return says what to do when it is %s', (state) => {
  expect(page('docs/life-of-a-return.md')).toMatch(new RegExp(`^\\| [^|]*\`${state}\``, 'm'));
});

test('the decisions are numbered without a gap, and their list has each with its title', () => {
  const decisions = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d/.test(name));
  const rows = decisions.sort().map((name, index) => {
    const number = String(index + 1).padStart(4, '0');
    const [title = ''] = page(`docs/decisions/${name}`).split('\n');
    return `- [${number}](${name}): ${title.replace('# ', '')}`;
  });
  const list = page('docs/decisions/README.md')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  expect(list).toEqual(rows);
});

const pages = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe.each(pages)('%s', (name) => {
  const text = page(name);

  test('names only files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:lib|functions|infra|test|docs)\/[\w./*-]+)`/g)].map(
      ([, path]) => path,
    );
    expect(named.filter((path = '') => !exists(path))).toEqual([]);
  });

  test('links only to pages, and to headings, that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(name, link))).toEqual([]);
  });
});

/** Every file and folder below these, by path. */
const files = ['lib', 'functions', 'infra', 'test', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
);

/** `*` stands for any part of one name. */
function exists(path: string): boolean {
  const parts = path.replace(/\/$/, '').split('*');
  const pattern = new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[^/]*')}$`);
  return (
    files.some((file) => pattern.test(file)) || ['lib', 'functions', 'infra', 'test', 'docs'].includes(path)
  );
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  const isKnown = target.endsWith('.json') || ['README.md', 'SECURITY.md'].includes(target) || exists(target);
  if (!isKnown || anchor === undefined) return isKnown;
  return headingsOf(page(target)).includes(anchor);
}

/** The anchors that GitHub gives to the headings of a page. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
