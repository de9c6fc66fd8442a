/** `2024-03-08T13:30:00.000Z` as a person reads it: `2024-03-08 13:30:00Z`. */
export const time = (iso: string): string => iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
