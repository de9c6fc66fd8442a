import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { AlarmProperties, type AlarmState, evaluateAlarm } from '../../infra/local/cloudwatch/alarm.ts';
import { type MetricName, Metrics } from '../../infra/local/cloudwatch/metrics.ts';
import { bridge } from '../../infra/ops/bridge.ts';
import { readPage } from '../support/page.ts';
import { synthesizeStage } from './template.ts';

const template = synthesizeStage({
  stage: 'prod',
  attentionEmail: 'returns@example.com',
  alarmEmail: 'ops@example.com',
});
const stackName = 'returns-bridge-prod';
const alarms = new Map(
  template
    .all('AWS::CloudWatch::Alarm')
    .map(({ properties }) => [
      String(properties.AlarmName).replace(`${stackName}-`, ''),
      z.parse(AlarmProperties, properties),
    ]),
);

/** Values of an alarm's metrics by their names, one for each period, the newest last; `-` is no value. */
type Written = Readonly<Record<string, string>>;

const now = Date.UTC(2024, 2, 8, 12);

const dimensionsOf = (dimensions: AlarmProperties['Dimensions']): Record<string, string> =>
  Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));

/** The metrics that an alarm reads, with their periods in seconds. */
const metricsOf = (alarm: AlarmProperties): { metric: MetricName; period: number }[] =>
  alarm.Metrics.length === 0
    ? [
        {
          metric: {
            namespace: alarm.Namespace ?? '',
            name: alarm.MetricName ?? '',
            dimensions: dimensionsOf(alarm.Dimensions),
          },
          period: alarm.Period ?? 0,
        },
      ]
    : alarm.Metrics.flatMap(({ MetricStat: stat }) =>
        stat
          ? [
              {
                metric: {
                  namespace: stat.Metric.Namespace,
                  name: stat.Metric.MetricName,
                  dimensions: dimensionsOf(stat.Metric.Dimensions),
                },
                period: stat.Period,
              },
            ]
          : [],
      );

function stateWith(alarm: AlarmProperties, written: Written, before: AlarmState = 'OK'): AlarmState {
  const metrics = new Metrics();
  for (const [name, pattern] of Object.entries(written)) {
    const found = metricsOf(alarm).find(({ metric }) => metric.name === name);
    if (!found) throw new Error(`The alarm does not read ${name}.`);
    const values = pattern.split(' ');
    for (const [index, value] of values.entries()) {
      if (value === '-') continue;
      metrics.put(found.metric, Number(value), now - (values.length - index) * found.period * 1000);
    }
  }
  return evaluateAlarm(alarm, metrics, now, before).state;
}

const repeated = (value: string, times: number): string =>
  Array.from({ length: times }, () => value).join(' ');

const visible = 'ApproximateNumberOfMessagesVisible';
const hidden = 'ApproximateNumberOfMessagesNotVisible';

/** Three times within an hour, with hours of nothing around. */
const threeTimes = (name: string): [rings: Written, silent: Written[]] => [
  { [name]: '1 - - - 5 - - 1 - - -' },
  [{ [name]: '9 - - - 5 - - - -' }, { [name]: repeated('0', 12) }, {}],
];

/** A schedule that misses so many runs. */
const stopped = (runs: number): [rings: Written, silent: Written[]] => [
  { Invocations: `1 1 ${repeated('-', runs)}` },
  [{ Invocations: `1 1 ${repeated('-', runs - 1)}` }, { Invocations: `1 ${repeated('-', runs - 1)} 1` }],
];

/** Three times within six hours, with hours of nothing around. */
const rarely = (name: string): [rings: Written, silent: Written[]] => {
  const twoHours = repeated('-', 24);
  return [
    { [name]: `1 ${twoHours} 5 ${twoHours} 1 -` },
    [{ [name]: `9 ${twoHours} ${twoHours} 5 ${twoHours} 1` }, { [name]: repeated('0', 72) }, {}],
  ];
};

/** For each alarm metrics with which it rings, and metrics with which it does not. */
const cases: Record<string, [rings: Written, silent: Written[]]> = {
  'wrong-key': [{ 'wrong-key': '3' }, [{ 'wrong-key': '2' }, { 'wrong-key': '9 2' }, {}]],
  'server-errors': rarely('5xx'),
  'throttled-requests': rarely('throttled-requests'),
  'not-kept': [{ 'not-kept': '1' }, [{}, { 'not-kept': '1 - - -' }]],
  'unknown-route': [{ 'unknown-route': '1' }, [{}, { 'unknown-route': '1 - - -' }]],
  'no-webhooks': [
    { 'webhooks-accepted': `3 ${repeated('-', 24)}` },
    [{ 'webhooks-accepted': `1 ${repeated('-', 23)}` }, { 'webhooks-accepted': repeated('5', 24) }],
  ],
  ...Object.fromEntries(
    // That of the quarantine has `quarantine-waits`.
    ['winkelstraat', 'igf'].flatMap((queue): [string, [Written, Written[]]][] => [
      [`${queue}-worker-errors`, threeTimes('Errors')],
      [
        `${queue}-worker-fails-always`,
        // The average of runs of which each writes 0 or 1.
        [{ Errors: '1 1 1' }, [{ Errors: '1 1 0.5' }, { Errors: '1 1 -' }, {}]],
      ],
      [
        `${queue}-not-polled`,
        [
          { [visible]: repeated('4', 12) },
          [
            { [visible]: `${repeated('4', 11)} 0` },
            { [visible]: `${repeated('4', 5)} - ${repeated('4', 6)}` },
            { [visible]: `0 ${repeated('4', 11)}` },
            {},
          ],
        ],
      ],
    ]),
  ),
  ...Object.fromEntries(
    ['winkelstraat', 'igf', 'quarantine'].flatMap((queue): [string, [Written, Written[]]][] => [
      [`${queue}-dlq-not-empty`, [{ [visible]: '1' }, [{ [visible]: '0' }, {}]]],
      [
        `${queue}-dlq-grows`,
        [{ [visible]: '2 3' }, [{ [visible]: '0 1' }, { [visible]: '3 3' }, { [visible]: '3 2' }, {}]],
      ],
    ]),
  ),
  'rejected-expiring': [{ 'rejected-expiring': '2' }, [{ 'rejected-expiring': '2 -' }, {}]],
  'quarantine-waits': [
    { [hidden]: repeated('1', 12) },
    [
      { [visible]: `0 ${repeated('1', 11)}`, [hidden]: repeated('0', 12) },
      { [visible]: repeated('0', 12), [hidden]: repeated('0', 12) },
      {},
    ],
  ],
  'parked-for-ten-days': [
    { 'parked-oldest-seconds': '864000' },
    [
      { 'parked-oldest-seconds': '863999' },
      { ApproximateAgeOfOldestMessage: '863999' },
      { 'parked-oldest-seconds': '864000 -' },
      {},
    ],
  ],
  'igf-down': [{ 'igf-down-seconds': '3700' }, [{ 'igf-down-seconds': '3500' }, {}]],
  'retried-for-an-hour': [{ 'retried-seconds': '3700' }, [{ 'retried-seconds': '1800' }, {}]],
  'igf-key-refused': [{ 'igf-key-refused': '3' }, [{ 'igf-key-refused': '2' }, {}]],
  'secret-unreadable': [{ 'secret-unreadable': '3' }, [{ 'secret-unreadable': '2' }, {}]],
  'path-in-doubt': [{ 'path-in-doubt': '1' }, [{}]],
  'subscription-lost': [{ 'subscription-lost': '1' }, [{}]],
  'notices-not-sent': [{ 'not-notified': '1 1' }, [{ 'not-notified': '9 -' }, { 'not-notified': '- 9' }, {}]],
  'reconciler-stopped': stopped(2),
  'watch-stopped': stopped(4),
  'reconciler-fails': [{ Errors: '1 1' }, [{ Errors: '1 0' }, { Errors: '0 1' }, {}]],
  'watch-fails': [{ Errors: '1 1 1 1' }, [{ Errors: '1 1 1 0' }, { Errors: '0 1 1 1' }, {}]],
  'functions-throttled': threeTimes('Throttles'),
};

test('every alarm of the template has its metrics here, and no other has', () => {
  expect([...alarms.keys()].sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))('the alarm %s', (name, [rings, silent]) => {
  const alarm = alarms.get(name);
  if (!alarm) throw new Error(`The template has no alarm ${name}.`);

  test(`rings with ${JSON.stringify(rings)}`, () => {
    expect(stateWith(alarm, rings)).toBe('ALARM');
  });

  test.each(silent.map((written) => [JSON.stringify(written), written] as const))(
    'does not ring with %s',
    (_text, written) => {
      expect(stateWith(alarm, written)).toBe('OK');
    },
  );

  test('reports to the topic of the alarms when it rings, and when what is wrong is over', () => {
    const topic = template.one('AWS::SNS::Topic', ({ id }) => id.startsWith('AlarmMails'));
    const isEvent = /^(not-kept|unknown-route|.*-dlq-grows)$/.test(name);
    expect(alarm).toMatchObject({ AlarmActions: [`<${topic.id}>`] });
    expect(alarm.OKActions).toEqual(isEvent ? undefined : [`<${topic.id}>`]);
  });

  test('says in plain text what it means, what to do, and where the runbook has more', () => {
    const text = alarm.AlarmDescription;
    expect(text).toMatch(/^[\x20-\x7e]{100,1024}$/);
    expect(text).toMatch(/^[A-Z].*\. [A-Z].*\. Runbook: docs\/runbook\.md#[a-z0-9-]+$/);
    expect(text).toMatch(/[Tt]ype: (npx|aws) /);
  });
});

test('the runbook has a section for each alarm, and for nothing else', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
  const sections = [...page.matchAll(/^### ([a-z-]+)$/gm)].map(([, section]) => section);
  const named = [...alarms.values()].map(
    ({ AlarmDescription }) => /runbook\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1],
  );
  expect([...new Set(named)].sort()).toEqual(sections.sort());
});

test('every command in an alarm exists, and names the stage', async () => {
  const texts = [...alarms.values()].map(({ AlarmDescription }) => AlarmDescription).join('\n');
  const commands = new Set(
    [...texts.matchAll(/npx bridge ([a-z]+(?: [a-z]+)?)[^.:,]*? --stage prod/g)].map(
      ([, words]) => words ?? '',
    ),
  );
  expect(commands.size).toBeGreaterThan(5);
  // This command compares two files, so it takes no stage.
  const without = texts.match(/npx bridge [a-z]+(?: [a-z<>]+)*(?! --stage prod)[.,]/g);
  expect(without).toEqual(['npx bridge igf verify <file>.']);
  for (const words of commands) {
    const help: string[] = [];
    await bridge([...words.split(' '), '--help'], {
      print: (line) => void help.push(line),
      complain() {},
      exitCode: 0,
    });
    expect(help.join('\n')).toMatch(new RegExp(`^Usage: npx bridge ${words}[^]* --stage `));
  }
});

test('notices and alarms go to addresses of their own', () => {
  const addresses = template.all('AWS::SNS::Subscription').map(({ properties }) => properties.Endpoint);
  expect(addresses.sort()).toEqual(['ops@example.com', 'returns@example.com']);
});

test('without an address of their own alarms go where notices go', () => {
  const other = synthesizeStage({ stage: 'prod', attentionEmail: 'returns@example.com' });
  const addresses = other.all('AWS::SNS::Subscription').map(({ properties }) => properties.Endpoint);
  expect(addresses).toEqual(['returns@example.com', 'returns@example.com']);
});

test('a live stage that says so has no subscription', () => {
  expect(synthesizeStage({ stage: 'prod', attentionEmail: 'none' }).all('AWS::SNS::Subscription')).toEqual(
    [],
  );
});

/** USD a month for each metric that an alarm reads, by the list price of 2026. */
const alarmMetricPrice = 0.1;

test('what the alarms cost stands in docs/operations.md', () => {
  const read = [...alarms.values()].flatMap(metricsOf).length;
  expect(read).toBeLessThanOrEqual(37);
  expect(readPage('docs/operations.md')).toContain(
    `The alarms of a stage read ${read} metrics: ${(read * alarmMetricPrice).toFixed(2)} USD a month`,
  );
});

test('the stage has at most 15 metrics of its own', () => {
  const names = [...alarms.values()].flatMap((alarm) =>
    metricsOf(alarm).filter(({ metric }) => metric.namespace === stackName),
  );
  expect(new Set(names.map(({ metric }) => metric.name)).size).toBeLessThanOrEqual(15);
});
