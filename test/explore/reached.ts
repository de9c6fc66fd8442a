import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

/** What a campaign has reached. One that reaches less than it could proves less than it seems to. */
export interface Reached {
  /** The states of returns that were decided. */
  readonly states: string[];
  /** The kinds of actions. */
  readonly actions: string[];
  /** Of each character of the watched file, whether its code ran. */
  readonly ran: readonly boolean[];
}

interface Decided {
  readonly step?: string;
  readonly state?: string;
  readonly action?: string;
}

/** Watches which states and actions the workers log, and which blocks of a file run. Their logs are not printed. */
export class Watch {
  readonly #states = new Set<string>();
  readonly #actions = new Set<string>();
  readonly #file: string;
  readonly #session = new Session();
  #isStarted = false;

  /** @param file whose blocks are watched, an absolute path. Nothing may have imported it yet */
  constructor(file: string) {
    this.#file = file;
    const look = ({ step, state, action }: Decided): void => {
      if (step !== 'decided') return;
      if (state) this.#states.add(state);
      if (action) this.#actions.add(action);
    };
    Object.assign(console, { info: look, warn: () => undefined, error: () => undefined });
  }

  async start(): Promise<void> {
    this.#isStarted = true;
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Since the last time. */
  async reached(): Promise<Reached> {
    const { result } = this.#isStarted
      ? await this.#session.post('Profiler.takePreciseCoverage')
      : { result: [] };
    const isOfFile = (url: string): boolean => url.startsWith('file:') && fileURLToPath(url) === this.#file;
    const ranges = result
      .filter(({ url }) => isOfFile(url))
      .flatMap(({ functions }) => functions.flatMap((each) => each.ranges))
      // An inner range says more than the one around it.
      .sort((one, other) => lengthOf(other) - lengthOf(one));
    const ran = Array.from({ length: Math.max(0, ...ranges.map(({ endOffset }) => endOffset)) }, () => false);
    for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0, startOffset, endOffset);
    return { states: [...this.#states], actions: [...this.#actions], ran };
  }
}

const lengthOf = ({ startOffset, endOffset }: { startOffset: number; endOffset: number }): number =>
  endOffset - startOffset;

/** What several campaigns have reached together. */
export const together = (all: readonly Reached[]): Reached => ({
  states: [...new Set(all.flatMap(({ states }) => states))],
  actions: [...new Set(all.flatMap(({ actions }) => actions))],
  ran: Array.from({ length: Math.max(0, ...all.map(({ ran }) => ran.length)) }, (_, at) =>
    all.some(({ ran }) => ran[at]),
  ),
});

/** The code of a file that never ran, each with its line. Node only blanks types, so positions are those of the source. */
export function neverRun(file: string, ran: readonly boolean[]): string[] {
  const source = readFileSync(file, 'utf8');
  const missed = [...source].map((character, at) => (ran[at] ? '\0' : character)).join('');
  return [...missed.matchAll(/[^\0]+/g)]
    .filter(([code]) => /\w/.test(code))
    .map(({ 0: code, index }) => {
      const line = source.slice(0, index).split('\n').length;
      return `${line}: ${code.replaceAll(/\s+/g, ' ').trim().slice(0, 70)}`;
    });
}
