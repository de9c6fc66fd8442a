/** How many faults of each kind may happen. */
export interface Faults {
  /** A process dies. */
  readonly crashes: number;
  /** A call has its effect, and its answer is lost. */
  readonly lostAnswers: number;
  /** A call has no effect. IGF answers 429 or not at all, and an AWS service throttles. */
  readonly turnedAway: number;
  /** IGF refuses a call that would change something. */
  readonly refusals: number;
  /** A call to IGF gets no answer, and has its effect later. */
  readonly lateCommits: number;
  /** All claims end while their workers still run. */
  readonly outlived: number;
}

export const faultNames = [
  'crashes',
  'lostAnswers',
  'turnedAway',
  'refusals',
  'lateCommits',
  'outlived',
] as const satisfies readonly (keyof Faults)[];

export const withoutFaults: Faults = {
  ...{ crashes: 0, lostAnswers: 0, turnedAway: 0, refusals: 0, lateCommits: 0, outlived: 0 },
};

/** How many processes run at once, and what may happen to them. */
export interface Bounds extends Faults {
  readonly workers: number;
  /** How often another process may go on although the last one could. Absent: always. */
  readonly preemptions?: number | undefined;
}
