import { startAwsStub } from '../support/aws-stub.ts';
import type { ColdStart } from './probe.ts';
import { type Measured, timeTable } from './report.ts';
import { benchSenderKey, buildSubjects, type Subject } from './subjects.ts';
import { measureColdStarts, measureWarmCalls, type Series } from './timings.ts';

/** Somebody waits for a cold start, so wall time counts. CPU time shows how much of it other processes took. */
const coldStartParts: readonly { readonly what: string; readonly of: keyof ColdStart }[] = [
  { what: 'Cold init', of: 'initMs' },
  { what: 'Cold init, CPU', of: 'initCpuMs' },
  { what: 'Cold init and first answer', of: 'answeredMs' },
  { what: 'Cold init and first answer, CPU', of: 'answeredCpuMs' },
];

/**
 * Measures the ingest functions against the plain handler.
 * @param folder takes the bundles; the caller removes it.
 */
export async function timeTables(folder: string, repetitions: number): Promise<string[]> {
  await using stub = await startAwsStub(benchSenderKey);
  const { plain, plainWithAliases, ingest, probe } = buildSubjects(folder, stub.url);
  const subjects = [plain, plainWithAliases, ...ingest];
  const cold = await measureColdStarts(probe, subjects, repetitions);
  const warm = await measureWarmCalls(probe, subjects, repetitions);
  return [
    ...coldStartParts.map(({ what, of }) =>
      timeTable(
        what,
        'ms',
        measured(subjects, cold, (start) => start[of]),
      ),
    ),
    timeTable(
      'Warm call, CPU',
      'µs',
      measured(subjects, warm, (micros) => micros),
    ),
  ];
}

const measured = <Measure>(
  subjects: readonly Subject[],
  series: Series<Measure>,
  value: (measure: Measure) => number,
): Measured[] => subjects.map(({ name }, index) => ({ name, values: (series[index] ?? []).map(value) }));
