import type { LocalRuntime } from './runtime.ts';

/** The addresses of everything that runs, and one line to try it. */
export function banner(runtime: LocalRuntime, options: { speed: number; winkelstraatKey: string }): string {
  const { urls } = runtime;
  const simulator = new URL('/_simulator', urls.igf);
  return [
    '',
    `${runtime.stackName} runs on this machine, mode ${runtime.mode}.${speedNote(options.speed)} Press Ctrl-C to stop it; no data is kept.`,
    '',
    row('API', urls.api),
    ...compactly(runtime.routes).map((line) => row('', line)),
    ...runtime.queues.flatMap(({ url, deadLetterUrl }) =>
      deadLetterUrl ? [row('Queue', url), row('  its DLQ', deadLetterUrl)] : [],
    ),
    row('Table', `${runtime.table} at ${urls.dynamodb} (${runtime.engine})`),
    row('IGF simulator', urls.igf),
    row('  its requests', `GET ${simulator}/requests`),
    row(
      '  make it fail',
      `POST ${simulator}/faults {"operation": "POST /listings", "status": 500, "times": 3}`,
    ),
    row('  buy listing 1', `POST ${simulator}/orders {"listingId": 1}`),
    row('  send an event', `POST ${simulator}/events {"eventType": "SHIPPED", "listingId": 1}`),
    row('  reset it', `DELETE ${simulator}`),
    ...tryIt(runtime, options.winkelstraatKey),
    '',
  ].join('\n');
}

/** The last line of a start, which programs read. */
export function readyLine({ urls, table, mode }: LocalRuntime): string {
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

/** The webhook that opens a return by itself, with the vendor's sample. */
function tryIt(runtime: LocalRuntime, key: string): string[] {
  const url = `${runtime.urls.api}/winkelstraat/push-api/v2/rma`;
  const shellQuoted = `'${`x-api-key: ${key}`.replaceAll("'", "'\\''")}'`;
  const headers = `-H 'content-type: application/json' -H 'x-version: 2.1.0' -H ${shellQuoted}`;
  return [
    '',
    '  Open a return (from this folder):',
    `  curl -i ${url} ${headers} --data @test/samples/push-api-v2-rma.json`,
  ];
}
