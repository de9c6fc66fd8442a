/** The names of the cases that do not hold yet. Whoever makes one hold removes its name. */
export const pending: ReadonlySet<string> = new Set([]);
