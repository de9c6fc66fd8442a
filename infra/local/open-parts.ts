/** Something that runs until it is closed. */
export interface Closable {
  close(): Promise<void>;
}

/** The parts of the local world that run, so that all of them end together, however far the start came. */
export class OpenParts {
  /** Aborted when starting is given up, because somebody asked for it or because one part failed. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #parts: Closable[] = [];
  readonly #onDeath: (error: Error) => void;
  #closed: Promise<void> | undefined;

  constructor(signal: AbortSignal | undefined, onDeath: (error: Error) => void) {
    this.signal = signal ? AbortSignal.any([signal, this.#controller.signal]) : this.#controller.signal;
    this.#onDeath = onDeath;
  }

  keep<Part extends Closable>(part: Part): Part {
    this.#parts.push(part);
    return part;
  }

  /** Starts parts side by side. When one fails the others are given up, and the first error is thrown. */
  async all<Starts extends readonly Promise<unknown>[]>(
    ...starts: Starts
  ): Promise<{ -readonly [Index in keyof Starts]: Awaited<Starts[Index]> }> {
    try {
      return await Promise.all(starts);
    } catch (error) {
      this.#controller.abort(error);
      await Promise.allSettled(starts);
      throw error;
    }
  }

  /** A part died by itself. Parts that end while all are being closed are none of it. */
  died(name: string, error: Error): void {
    if (!this.#closed)
      this.#onDeath(new Error(`${name} stopped working: ${error.message}`, { cause: error }));
  }

  /** True from the moment on that everything is being ended. */
  closing(): boolean {
    return this.#closed !== undefined;
  }

  /** Ends everything, the parts that were started last first. */
  close(): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#parts.toReversed().map((part) => part.close())).then(() => {});
    return this.#closed;
  }
}
