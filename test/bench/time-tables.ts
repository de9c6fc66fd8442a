import { type Measured, timeTable, waitTable } from './report.ts';
import { benchSenderKey, buildSubjects, type Subject } from './subjects.ts';
import { type ColdStart, measureColdStarts, measureWarmCalls, type Series } from './timings.ts';
import { startTlsStub } from './tls-stub.ts';

/** Init has a whole CPU. The first request has the function's share of one, so its CPU time counts. */
const coldStartParts: readonly { readonly what: string; readonly of: (start: ColdStart) => number }[] = [
  { what: 'Init', of: ({ init }) => init.ms },
  { what: 'Init, CPU', of: ({ init }) => init.cpuMs },
  { what: 'First request after init, CPU', of: ({ first }) => first.cpuMs },
  { what: 'Init, and CPU of the first request', of: ({ init, first }) => init.ms + first.cpuMs },
  { what: 'CPU of init and of the first request', of: ({ init, first }) => init.cpuMs + first.cpuMs },
  { what: 'Init and first answer', of: ({ init, first }) => init.ms + first.ms },
];

/**
 * Measures our ingest function against others.
 * @param folder takes the bundles; the caller removes it.
 */
export async function timeTables(folder: string, repetitions: number): Promise<string[]> {
  await using stub = await startTlsStub(folder, benchSenderKey);
  const { compared, probe } = buildSubjects(folder, stub);
  const cold = await measureColdStarts(probe, compared, repetitions);
  const warm = await measureWarmCalls(probe, compared, repetitions);
  const firstCpu = measured(compared, cold, ({ first }) => first.cpuMs);
  return [
    ...coldStartParts.map(({ what, of }) => timeTable(what, 'ms', measured(compared, cold, of))),
    timeTable(
      'Warm call, CPU',
      'µs',
      measured(compared, warm, (micros) => micros),
    ),
    waitTable(firstCpu),
  ];
}

const measured = <Measure>(
  subjects: readonly Subject[],
  series: Series<Measure>,
  value: (measure: Measure) => number,
): Measured[] => subjects.map(({ name }, index) => ({ name, values: (series[index] ?? []).map(value) }));
