import { total } from '../support/counting-proxy.ts';
import { table } from '../support/table.ts';
import { type Checked, isExceeded } from './budgets.ts';
import { awsCalls, type CallCounts, inWords } from './call-counts.ts';
import { pairedRatios, type Summary, summarise } from './statistics.ts';

const number = (value: number): string => value.toLocaleString('en');

/** The budgets with their counts. */
export function budgetTable(checked: readonly Checked[]): string {
  const rows = checked.map((one) => {
    const verdict = isExceeded(one) ? 'exceeded' : 'kept';
    return [one.name, number(one.counted), number(one.limit), `${one.unit}, ${verdict}`];
  });
  return table(['Budget', 'Counted', 'Limit', ''], rows);
}

/** One line for each budget that is exceeded, and by how much. */
export const complaints = (checked: readonly Checked[]): string[] =>
  checked
    .filter(isExceeded)
    .map(
      ({ name, counted, limit, unit }) =>
        `Budget exceeded: ${name} is ${number(counted)} ${unit}, ${number(counted - limit)} more than ${number(limit)}.`,
    );

/** What each case called at AWS and at IGF, with the operations. */
export function callTable({ ingest, listing, twoListings, duplicate }: CallCounts): string {
  const rows = [...ingest, listing, twoListings, duplicate].map(({ name, calls }) => [
    name,
    String(awsCalls(calls)),
    String(total(calls.igf)),
    inWords(calls.sqs, calls.secretsManager, calls.dynamodb, calls.igf),
  ]);
  return table(['Calls on the wire', 'AWS', 'IGF', ''], rows);
}

/** One measured subject: a value for each repetition. */
export interface Measured {
  readonly name: string;
  readonly values: readonly number[];
}

/** Medians and ratios to the first subject; the spread is that of the middle half of the repetitions. */
export function timeTable(what: string, unit: 'ms' | 'µs', measured: readonly Measured[]): string {
  const reference = measured[0]?.values ?? [];
  const digits = unit === 'ms' ? 1 : 0;
  const rows = measured.map(({ name, values }) => {
    const times = summarise(values);
    const ratios = summarise(pairedRatios(values, reference));
    return [
      name,
      `${times.median.toFixed(digits)} ${unit}`,
      spread(times, digits),
      ratios.median.toFixed(2),
      spread(ratios, 2),
    ];
  });
  return table([what, 'Median', 'Middle half', 'Ratio', 'Middle half'], rows);
}

const spread = ({ lowerQuartile, upperQuartile }: Summary, digits: number): string =>
  `${lowerQuartile.toFixed(digits)} – ${upperQuartile.toFixed(digits)}`;

/** A function with this much memory has one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryOfOneCpu = 1769;

/** What the CPU time of a first request takes where a function has its share of a CPU only. */
export function waitTable(measured: readonly Measured[]): string {
  const memories = [128, 256, 512, 1024];
  const rows = measured.map(({ name, values }) => {
    const { median } = summarise(values);
    return [name, ...memories.map((memory) => `${((median * memoryOfOneCpu) / memory).toFixed(0)} ms`)];
  });
  return table(
    ['First request after init, on its share of a CPU', ...memories.map((memory) => `${memory} MB`)],
    rows,
  );
}
