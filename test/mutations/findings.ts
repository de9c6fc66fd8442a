/** A kind of test or an engine, and whether it noticed a mutation. */
export interface Finding {
  readonly by: string;
  readonly isFound: boolean;
  /** The mutation names these tests, so they must notice it. */
  readonly isNamed: boolean;
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** A test file that has run. */
export interface TestedFile {
  /** From the top of the repository. */
  readonly file: string;
  readonly isFailed: boolean;
  readonly seconds: number;
}

const kinds: readonly [begins: string, kind: string][] = [
  ['test/integration/', 'integration'],
  ['test/system/crash/', 'crash'],
  ['test/system/', 'system'],
  ['test/chaos/', 'chaos'],
  ['test/explore/', 'explore'],
  ['test/synth/', 'synth'],
];

const kindOf = (file: string): string => kinds.find(([begins]) => file.startsWith(begins))?.[1] ?? 'unit';

/** One finding for each kind of test: the fastest file that failed or, when none did, the time of all. */
export function findingsOf(files: readonly TestedFile[]): Finding[] {
  const byKind = Map.groupBy(files, ({ file }) => kindOf(file));
  return [...byKind].map(([by, tested]) => {
    const failed = tested.filter(({ isFailed }) => isFailed).map(({ seconds }) => seconds);
    const all = tested.reduce((sum, { seconds }) => sum + seconds, 0);
    const isFound = failed.length > 0;
    return { by, isFound, isNamed: true, seconds: isFound ? Math.min(...failed) : all };
  });
}

/** `unit in 2.1 s, not explore`. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings
    .map(({ by, isFound, seconds }) => (isFound ? `${by} in ${seconds.toFixed(1)} s` : `not ${by}`))
    .join(', ');
