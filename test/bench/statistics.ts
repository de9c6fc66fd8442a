/** The middle of some measurements, and how far they spread: half of them lie between the quartiles. */
export interface Summary {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** Robust against the few repetitions that something else on the machine disturbed. @throws RangeError without values. */
export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((one, other) => one - other);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
  };
}

/** Interpolates linearly between the two values around the place. */
function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new RangeError('nothing was measured');
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * Ratios of measurements that were taken side by side, repetition by repetition: what slowed the machine down slowed
 * both, and drops out.
 */
export const pairedRatios = (values: readonly number[], references: readonly number[]): number[] =>
  values.flatMap((value, repetition) => {
    const reference = references[repetition];
    return reference === undefined ? [] : [value / reference];
  });
