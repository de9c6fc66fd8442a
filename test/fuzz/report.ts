import { table } from '../support/table.ts';
import type { Costly, Finding } from './campaign.ts';
import type { FuzzRequest } from './request.ts';

type Counts = ReadonlyMap<number, number>;

/** Inputs by endpoint and by answer, with a row for those through the gateway. */
export function answerTable(byEndpoint: ReadonlyMap<string, Counts>, overHttp: Counts): string {
  const all: [string, Counts][] = [...byEndpoint, ['over HTTP, all endpoints', overHttp]];
  const statuses = [...new Set(all.flatMap(([, counts]) => [...counts.keys()]))].sort(
    (one, other) => one - other,
  );
  const sum = (counts: Counts): number => [...counts.values()].reduce((total, one) => total + one, 0);
  const rows = all.map(([name, counts]) => [
    name,
    String(sum(counts)),
    ...statuses.map((status) => String(counts.get(status) ?? 0)),
  ]);
  const total = all.reduce((known, [, counts]) => known + sum(counts), 0);
  const totals = statuses.map((status) =>
    String(all.reduce((known, [, counts]) => known + (counts.get(status) ?? 0), 0)),
  );
  return table(['endpoint', 'inputs', ...statuses.map(String)], [...rows, ['all', String(total), ...totals]]);
}

/** The costliest requests. */
export const costTable = (costly: readonly Costly[]): string =>
  table(
    ['the costliest requests', 'answer', 'bytes', 'CPU ms (median of 9)'],
    costly.map(({ request, status, bytes, cpuMs }) => [
      shape(request),
      String(status),
      String(bytes),
      cpuMs.toFixed(1),
    ]),
  );

function shape({ webhook, body }: FuzzRequest): string {
  if (body === undefined || typeof body === 'string') return `${webhook}: ${inShort(body ?? '')}`;
  const bulk = body.find((part) => typeof part !== 'string');
  const before = typeof body[0] === 'string' ? body[0].slice(-24) : '';
  return `${webhook}: …${inShort(before, 24)} then ${bulk?.times} × ${inShort(bulk?.repeat ?? '', 40)}`;
}

const inShort = (text: string, longest = 60): string => {
  const quoted = JSON.stringify(text).slice(1, -1);
  return quoted.length > longest ? `${quoted.slice(0, longest)}…` : quoted;
};

/** Findings in the form of the corpus. */
export const findingTexts = (findings: readonly Finding[]): string[] =>
  findings.map(({ request, violations }) =>
    JSON.stringify({ description: violations.join('; '), request, expectation: {} }, undefined, 2),
  );
