/** The largest payload that is accepted. SQS takes a message of 1 MiB, but a table item holds 400 KB. */
export const largestBodyBytes = 256 * 1024;

/** The largest body that the quarantine keeps: a table item needs some room for its errors. */
export const largestKeptBytes = 360 * 1024;

/** The largest body that is read at all, unpacked. Most may be a label's picture, which is left out of the measure. */
export const largestReadBytes = 6 * 1024 * 1024;

/** Deeper JSON than this is rejected: no document of either vendor nests further than six levels. */
export const deepestJson = 32;

/** The most values in a body, nested ones counted: they bound the time to read it. Real ones have at most a third. */
export const mostJsonValues = 20_000;

/** The most faults of a body that are reported: there may be more than an answer or a table item has room for. */
export const mostFaults = 100;

/** Escapes `#` in an identifier, because it separates the parts of a key. */
export const keyPart = (value: string): string => value.replaceAll('%', '%25').replaceAll('#', '%23');

/** DynamoDB's longest sort key is 1024 bytes, and the longest of ours names an order, an RMA and an item. */
const mostBytes = 330;

/** Whether an identifier fits into every key that it is a part of. */
export const fitsInKey = (identifier: string): boolean => Buffer.byteLength(keyPart(identifier)) <= mostBytes;
