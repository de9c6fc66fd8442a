/** SQS takes a message of 1 MiB, but a table item holds 400 KB. */
export const largestBodyBytes = 256 * 1024;
