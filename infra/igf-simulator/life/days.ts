const dayMs = 24 * 60 * 60 * 1000;

/** So many days after `start`, as ISO UTC. */
export function daysAfter(start: Date, days: number): string {
  return new Date(start.getTime() + days * dayMs).toISOString();
}
