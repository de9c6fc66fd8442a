/** Escapes `#` in an identifier, because it separates the parts of a key. */
export const keyPart = (value: string): string => value.replaceAll('%', '%25').replaceAll('#', '%23');

/** DynamoDB's longest sort key is 1024 bytes, and the longest of ours names an order, an RMA and an item. */
const mostBytes = 330;

/** Whether an identifier fits into every key that it is a part of. */
export const fitsInKey = (identifier: string): boolean => Buffer.byteLength(keyPart(identifier)) <= mostBytes;
