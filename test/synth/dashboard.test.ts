import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmSteps, measurements } from '../../lib/config/metrics.ts';
import { metricsOf, widgetsOf } from '../screenshots/widgets.ts';
import { readPage } from '../support/page.ts';
import { logGroupOf } from './architecture.ts';
import { at, list, synthesizeStage } from './template.ts';

const root = join(import.meta.dirname, '../..');
const template = synthesizeStage({ stage: 'prod' });
const { stackName } = template;

const dashboard = template.one('AWS::CloudWatch::Dashboard').properties;
const widgets = widgetsOf(dashboard.DashboardBody);
const saved = template.all('AWS::Logs::QueryDefinition').map(({ properties }) => ({
  name: String(properties.Name),
  query: String(properties.QueryString),
  logGroups: list(properties.LogGroupNames).map(String),
}));

/** The stack's own metrics: what its functions measure, and what its metric filters count. */
const ownMetrics = [
  ...alarmSteps,
  ...measurements,
  ...template
    .all('AWS::Logs::MetricFilter')
    .map(({ properties }) => at(properties, 'MetricTransformations', 0, 'MetricName')),
];

describe('the dashboard', () => {
  test('is one, has the name of the stack, and its URL is an output', () => {
    expect(dashboard.DashboardName).toBe(stackName);
    expect(String(template.outputs.DashboardUrl)).toMatch(new RegExp(`/dashboard/${stackName}$`));
  });

  test('says of each part what is normal, and what the first lines are about', () => {
    const texts = widgets.flatMap(({ properties: { markdown } }) => markdown ?? []);
    const parts = texts.filter((text) => text.startsWith('## '));

    expect(parts.map((part) => part.split('\n')[0])).toEqual([
      '## Alarms',
      '## Webhooks by answer',
      '## Time from 202 to done',
      '## Queues',
      '## Parked',
      '## Calls to IGF',
      '## Returns that were decided about',
      '## Rejected webhooks',
      '## Resources',
    ]);
    for (const part of parts) expect(part).toMatch(/\n\*\*Normal:\*\* .+\.$/);
  });

  test('has widgets that fit into the page, and do not cover each other', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, cell) => `${x + (cell % width)} ${y + Math.floor(cell / width)}`,
      ),
    );

    expect(widgets.filter(({ x, width }) => x + width > 24)).toEqual([]);
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('is free of charge: it names at most 50 metrics, as docs/operations.md says', () => {
    const { length } = widgets.flatMap(metricsOf);

    expect(length).toBeLessThanOrEqual(50);
    expect(readPage('docs/operations.md')).toContain(`it names ${length} metrics`);
  });

  test('shows the state of every alarm', () => {
    const shown = widgets.flatMap(({ properties: { alarms } }) => alarms ?? []);

    expect(shown.map((arn) => template.referred(arn).id).sort()).toEqual(
      template
        .all('AWS::CloudWatch::Alarm')
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('reads with its tables what is saved as a query', () => {
    const tables = widgets.flatMap(({ properties: { title, query } }) =>
      query === undefined ? [] : [{ name: `${stackName}/${title}`, query }],
    );

    expect(tables.length).toBeGreaterThan(5);
    for (const { name, query } of tables) {
      const definition = saved.find((each) => each.name === name);
      const sources = definition?.logGroups.map((group) => `SOURCE '${group}'`) ?? [];

      expect(query).toBe([...sources, definition?.query].join(' | '));
    }
  });
});

test('a stage has at most 15 metrics of its own', () => {
  expect(new Set(ownMetrics).size).toBeLessThanOrEqual(15);
});

const functionGroups = template.all('AWS::Lambda::Function').map((fn) => `<${logGroupOf(template, fn).id}>`);
const accessLog = template.one('AWS::ApiGatewayV2::Stage').properties.AccessLogSettings;
const accessGroup = `<${template.referred(at(accessLog, 'DestinationArn')).id}>`;

/** Every field that a function's log line can have, as `lib/runtime/log.ts` lists them. */
const [logLine = ''] = readFileSync(join(root, 'lib/runtime/log.ts'), 'utf8').split('interface LogLine');
const logFields = ['step', ...Array.from(logLine.matchAll(/'(\w+)'/g), ([, name = '']) => name)];
const accessFields = Object.keys(JSON.parse(String(at(accessLog, 'Format'))));

/** The steps that functions log. */
const steps = new Set(
  globSync('{lib,functions}/**/*.ts', { cwd: root }).flatMap((file) =>
    Array.from(readFileSync(join(root, file), 'utf8').matchAll(/step: '([\w-]+)'/g), ([, step]) => step),
  ),
);

const commands = /^(fields|filter|stats|sort|limit) \S/;
const functions = ['count', 'count_distinct', 'pct', 'max', 'latest', 'ispresent'];
const words = ['as', 'by', 'in', 'and', 'or', 'like', 'asc', 'desc'];

/** The fields that a query names, without those that it makes itself by `as`. */
function fieldsOf(query: string): string[] {
  const withoutValues = query.replace(/'[^']*'|\/[^/]+\//g, '');
  const made = Array.from(withoutValues.matchAll(/ as (\w+)/g), ([, name]) => name);
  return withoutValues
    .split('\n| ')
    .map((command) => command.replace(/^\w+ /, ''))
    .flatMap((command) => command.match(/@?[a-z][\w.]*/gi) ?? [])
    .filter((name) => ![...functions, ...words, ...made, '@timestamp'].includes(name));
}

describe('the saved queries', () => {
  test('are in a folder with the name of the stack', () => {
    expect(saved.map(({ name }) => name)).toEqual(
      expect.arrayContaining(
        [
          'History of an order',
          'One delivery',
          'Ingest answers by status and reason',
          'Retries and why',
          'IGF calls by operation and status',
        ].map((title) => `${stackName}/${title}`),
      ),
    );
    expect(saved.filter(({ name }) => !name.startsWith(`${stackName}/`))).toEqual([]);
  });

  test('are all explained in docs/operations.md', () => {
    const page = readPage('docs/operations.md');

    expect(saved.filter(({ name }) => !page.includes(`\`${name.replace(`${stackName}/`, '')}\``))).toEqual(
      [],
    );
  });

  test.each(saved)('$name reads logs of the stack, and no more than Logs Insights takes', ({ logGroups }) => {
    expect(logGroups.length).toBeLessThanOrEqual(50);
    expect(logGroups.length).toBeGreaterThan(0);
    expect(logGroups.filter((group) => ![accessGroup, ...functionGroups].includes(group))).toEqual([]);
  });

  test.each(saved)('$name consists of commands, with closed brackets and quotes', ({ query }) => {
    const lines = query.split('\n| ');

    expect(lines.filter((line) => !commands.test(line) || /[\n|]/.test(line))).toEqual([]);
    expect(query.match(/\(/g)?.length).toBe(query.match(/\)/g)?.length);
    expect((query.match(/'/g)?.length ?? 0) % 2).toBe(0);
    for (const [, name = ''] of query.matchAll(/(\w+)\(/g)) expect(functions).toContain(name);
    expect(query.match(/stats /g)?.length ?? 0).toBeLessThanOrEqual(2);
  });

  test.each(saved)('$name asks for fields and steps that log lines have', ({ query, logGroups }) => {
    const known = logGroups.includes(accessGroup) ? accessFields : logFields.map((name) => `message.${name}`);
    const filtered = Array.from(
      query.matchAll(/message\.step (?:=|in) ('[^']*'|\[[^\]]*\])/g),
      ([, value]) => value,
    );
    const asked = filtered.flatMap((value) => value?.match(/[\w-]+/g) ?? []);

    expect(fieldsOf(query).length).toBeGreaterThan(0);
    expect(fieldsOf(query).filter((name) => !known.includes(name))).toEqual([]);
    expect(asked.filter((step) => !steps.has(step))).toEqual([]);
  });
});
