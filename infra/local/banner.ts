import { wrap } from '../cli/wrap.ts';
import { account } from '../local-services.ts';
import { changedSettings } from '../settings/stage.ts';
import type { LocalRuntime } from './runtime.ts';
import { usualAccountConcurrency } from './stack-functions.ts';

type Shown = Pick<LocalRuntime, 'urls' | 'stackName' | 'settings' | 'routes' | 'table' | 'engine'> & {
  readonly queues: readonly { readonly name: string }[];
};

interface BannerOptions {
  readonly speed: number;
  readonly accountConcurrency: number;
  /** The columns of the terminal; undefined keeps each line whole. */
  readonly columns: number | undefined;
}

/** The addresses of everything that runs, and one command to try it. */
export function banner(runtime: Shown, options: BannerOptions): string {
  const { urls, stackName, settings } = runtime;
  const simulator = new URL('/_simulator', urls.igf);
  // IGF is always the simulator.
  const changed = changedSettings(settings).filter((setting) => !setting.startsWith('igfBaseUrl='));
  if (options.accountConcurrency !== usualAccountConcurrency)
    changed.push(`LAMBDA_CONCURRENCY=${options.accountConcurrency}`);
  const lines = [
    '',
    `${stackName} runs on this machine, mode ${settings.mode}.${speedNote(options.speed)} Times are UTC. Press Ctrl-C to stop it; no data is kept.`,
    '',
    row('Page', `${urls.api}/_local`),
    row('Settings', changed.length > 0 ? changed.join(' ') : 'all as by default'),
    row('API', urls.api),
    ...compactly(runtime.routes).map((line) => row('', line)),
    row('SQS', `${urls.sqs}/${account}/`),
    ...runtime.queues.map(({ name }) => row('', name)),
    row('Table', `${runtime.table} at ${urls.dynamodb} (${runtime.engine})`),
    row('IGF simulator', urls.igf),
    row('  its controls', `GET ${simulator}`),
    row(
      '  make it fail',
      `POST ${simulator}/faults {"operation": "POST /listings", "status": 500, "times": 3}`,
    ),
    row('  buy from it', `POST ${simulator}/orders {"listingId": 1}`),
    row('Send a return', 'npx bridge send push-api/v2/rma --local'),
    '',
  ];
  return lines.flatMap((line) => wrap(line, options.columns)).join('\n');
}

/** The last line of a start, which programs read. */
export function readyLine({ urls, table, settings: { mode } }: Shown): string {
  const { api, dynamodb, sqs, igf } = urls;
  const pairs = Object.entries({ api, dynamodb, sqs, igf, table, mode });
  return `ready {${pairs.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')}}`;
}

/** One line for each route; routes that differ only in the segment before a parameter share a line. */
function compactly(routes: readonly string[]): string[] {
  const names = new Map<string, string[]>();
  for (const route of routes) {
    const [, before = route, name, after = ''] = /^(.+\/)([^/{}]+)(\/\{[^/+]+\})$/.exec(route) ?? [];
    const shared = name === undefined ? route : `${before}<event>${after}`;
    names.set(shared, [...(names.get(shared) ?? []), ...(name === undefined ? [] : [name])]);
  }
  return [...names].map(([route, events]) => [route, events.join(', ')].filter(Boolean).join('  '));
}

const row = (what: string, where: string): string => `  ${what.padEnd(16)}${where}`;

function speedNote(speed: number): string {
  return speed === 1
    ? ''
    : ` Its clock runs ${speed} times faster: a minute passes in ${+(60 / speed).toFixed(2)} s.`;
}
