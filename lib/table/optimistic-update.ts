/** Other workers wrote the same item at every attempt. A later attempt at the whole message will find them gone. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

/** How often a change is tried against other writers. */
const mostAttempts = 13;

export interface OptimisticUpdate<State, Change> {
  /** Strongly consistent. */
  read(): Promise<State>;
  /** What to write, made from what was read; undefined when there is nothing to write. */
  change(state: State): Change | undefined | Promise<Change | undefined>;
  /** Writes under the condition that nobody has written since `read`. */
  write(change: Change): Promise<'written' | 'changed'>;
}

/**
 * Reads, changes and writes, and starts again when somebody else has written meanwhile.
 * @returns what was read last, and what was written, if anything
 * @throws ContendedError
 */
export async function optimisticUpdate<State, Change>({
  read,
  change,
  write,
}: OptimisticUpdate<State, Change>): Promise<{ state: State; written?: Change }> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const state = await read();
    const next = await change(state);
    if (next === undefined) return { state };
    if ((await write(next)) === 'written') return { state, written: next };
  }
  throw new ContendedError(`others have written the same item at each of ${mostAttempts} attempts`);
}
