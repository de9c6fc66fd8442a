import { fileURLToPath } from 'node:url';
import { returnStates } from '../../lib/returns/return-item.ts';
import { table } from '../support/table.ts';
import { type Bounds, faultNames } from './faults.ts';
import type { Job, JobReport } from './jobs.ts';
import { neverRun, type Reached, together } from './reached.ts';
import { hashOf } from './text.ts';

/** One scenario, explored in one way. */
export interface Row extends Omit<JobReport, 'histories' | 'reached'> {
  readonly scenario: string;
  readonly bounds: Bounds;
  readonly how: 'complete' | 'seeds';
  /** A text: it may be larger than a number. */
  readonly histories: string;
}

export interface Report {
  readonly rows: readonly Row[];
  /** What should have been reached, and was not; absent when only some scenarios were explored. */
  readonly unreached?: readonly string[];
  readonly isFailed: boolean;
}

/** @param isWhole whether all scenarios were explored */
export function reportOf(jobs: readonly Job[], reports: readonly JobReport[], isWhole: boolean): Report {
  const rows = new Map<string, Row>();
  for (const [at, { scenario, bounds, seeds }] of jobs.entries()) {
    const report = reports[at];
    if (!report) continue;
    const how = seeds ? 'seeds' : 'complete';
    const key = `${scenario} ${how}`;
    const before = rows.get(key);
    const { reached: _, histories, ...counts } = report;
    const row = { scenario, bounds, how, ...counts, histories: String(histories) } satisfies Row;
    rows.set(key, before ? added(before, row) : row);
  }
  const all = [...rows.values()];
  const unreached = missing(together(reports.map(({ reached }) => reached)));
  const isWeak = isWhole && unreached.length > 0;
  const isFailed = isWeak || all.some(({ failing, unrepeatable }) => failing || unrepeatable.length > 0);
  return { rows: all, isFailed, ...(isWhole && { unreached }) };
}

const added = (one: Row, other: Row): Row => ({
  ...one,
  ...other,
  histories: String(BigInt(one.histories) + BigInt(other.histories)),
  steps: one.steps + other.steps,
  seconds: one.seconds + other.seconds,
  hash: hashOf(one.hash, other.hash),
  unrepeatable: [...one.unrepeatable, ...other.unrepeatable],
  ...((one.failing ?? other.failing) && { failing: one.failing ?? other.failing }),
});

/** Every action of `lib/`, by its kind. */
const actionKinds = [
  ...['none', 'wait', 'refused', 'hold', 'check', 'list', 'resolve', 'cancel', 'deliver', 'regular-return'],
  ...['read-buyer', 'reserve', 'review', 'release', 'place', 'confirm', 'withdraw'],
];

/** The file whose branches must all be reached. */
const watchedFile = fileURLToPath(new URL('../../lib/actions/exactly-once.ts', import.meta.url));

const missing = ({ states, actions, ran }: Reached): string[] => [
  ...returnStates.filter((state) => !states.includes(state)).map((state) => `state ${state}`),
  ...actionKinds.filter((kind) => !actions.includes(kind)).map((kind) => `action ${kind}`),
  ...neverRun(watchedFile, ran).map((code) => `lib/actions/exactly-once.ts:${code}`),
];

export function textOfReport({ rows, unreached }: Report): string {
  const heads = [
    'Scenario',
    'Explored',
    'Workers',
    'Faults',
    'Histories',
    'States',
    'Calls',
    'CPU s',
    'Invariants',
  ];
  const lines = rows.map(({ scenario, bounds, how, histories, states, steps, seconds, ...row }) => [
    scenario,
    how === 'seeds' ? 'seeds' : bounds.preemptions === undefined ? 'complete' : `bound ${bounds.preemptions}`,
    String(bounds.workers),
    faultNames.map((name) => bounds[name]).join('/'),
    BigInt(histories).toLocaleString('en'),
    states?.toLocaleString('en') ?? '',
    steps.toLocaleString('en'),
    seconds.toFixed(1),
    row.failing
      ? 'VIOLATED'
      : row.unrepeatable.length > 0
        ? `NOT REPEATED: seed ${row.unrepeatable[0]}`
        : 'hold',
    row.hash,
  ]);
  return [
    `Faults: ${faultNames.map((name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(' / ')}`,
    table([...heads, 'Trace'], lines),
    unreached?.length === 0
      ? 'Reached: every state, every action, every branch of lib/actions/exactly-once.ts.'
      : '',
    ...(unreached ?? []).map((what) => `NEVER REACHED: ${what}`),
  ]
    .filter(Boolean)
    .join('\n');
}
