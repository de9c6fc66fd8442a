/** Milliseconds since the epoch as ISO 8601 UTC. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** @param time ISO 8601 */
export const addSeconds = (time: string, seconds: number): string =>
  isoTime(Date.parse(time) + seconds * 1000);

/** Seconds since the epoch, for DynamoDB's time to live. @param time ISO 8601, or milliseconds since the epoch */
export const epochSeconds = (time: string | number): number =>
  Math.floor((typeof time === 'string' ? Date.parse(time) : time) / 1000);

/** `2024-05-13T12:00:00.000Z` in a form for people: `2024-05-13 12:00 UTC`. */
export const readableTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
