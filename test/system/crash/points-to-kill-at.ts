import { createHash } from 'node:crypto';
import { isLong } from '../../support/long-form.ts';
import type { Point } from './killable.ts';

/** Points between the same two requests. A crash loses what was in memory, so killing at any of them has the same effects. */
type Gap = readonly { readonly number: number; readonly site: string }[];

const gapsOf = (points: readonly Point[]): Gap[] => {
  const numbered = points.map(({ site, requests }, index) => ({ number: index + 1, site, requests }));
  return [...Map.groupBy(numbered, ({ requests }) => requests).values()];
};

/** `CRASH_POINTS=all` kills at every point, `LONG=1` in every gap. */
const everyPoint = process.env.CRASH_POINTS === 'all';
const everyGap = isLong || everyPoint;

/** Of the gaps outside of these files the short form tries every so-many-th. */
const always = /lib\/actions\/exactly-once\.ts/;
const oneOf = 6;

/** The short form begins at another gap each day, and in each scenario. `SEED` repeats a day. */
const seed = Number(process.env.SEED ?? Math.floor(Date.now() / 86_400_000));
const numberOf = (name: string): number => createHash('sha256').update(name).digest().readUInt16BE();

/**
 * The numbers of the points at which to kill, of those of a run that lives. The last is its end, when only the answer is lost.
 * @param scenario its name
 */
export function pointsToKillAt(points: readonly Point[], scenario: string): number[] {
  const end = points.length + 1;
  if (everyPoint) return Array.from({ length: end }, (_, index) => index + 1);
  let others = seed + numberOf(scenario);
  const isTried = (gap: Gap): boolean => {
    if (everyGap || gap.some(({ site }) => always.test(site))) return true;
    others += 1;
    return others % oneOf === 0;
  };
  return [
    ...gapsOf(points)
      .filter(isTried)
      .map(([first]) => first?.number ?? 1),
    end,
  ];
}

/** What the short form leaves out, and how to repeat it. */
export const form: string = everyPoint
  ? 'every point'
  : everyGap
    ? 'between any two requests'
    : `around exactly-once, and in one of ${oneOf} other gaps; SEED=${seed}`;
