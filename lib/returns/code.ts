/** A code may be told; any other text of a payload may be anything, and a reason is logged. */
export const code = (text: string): string => (/^[A-Z]{2,3}$/.test(text) ? text : 'unknown');
