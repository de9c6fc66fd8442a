import { frozen } from '../support/frozen.ts';
import { hashOf, textOf } from './text.ts';

/** What a process asks of the world, such as `igf.listings.create`, and waits for. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Identifies name and arguments. */
  readonly id: string;
}

/** What it gets: a value or an error. */
export interface Answer {
  readonly value?: unknown;
  readonly error?: unknown;
  /** Identifies both. */
  readonly id: string;
}

/** Code that makes one call after the other. Nothing but their answers and the clock decides what it does. */
export type Program = (
  call: (name: string, args: readonly unknown[]) => Promise<unknown>,
  now: () => number,
) => Promise<void>;

const answers = new WeakMap<object, Answer>();

/** Most reads find what an earlier one found, which nobody can change. */
export function answerOf(value: unknown): Answer {
  const object = typeof value === 'object' ? value : null;
  const known = object && answers.get(object);
  if (known) return known;
  const answer = { value: frozen(value), id: hashOf('answer', textOf(value)) };
  if (object) answers.set(object, answer);
  return answer;
}

const callOf = ({ name, args }: Pick<Call, 'name' | 'args'>): Call => ({
  ...{ name, args: frozen(args) },
  id: hashOf(name, textOf(args)),
});

export const failureOf = (error: unknown): Answer => ({ error, id: hashOf('error', textOf(error)) });

/** A program that runs. It stands still at each call. */
class Run {
  /** What it waits for; absent when it has ended. */
  call: Pick<Call, 'name' | 'args'> | undefined;
  #now: number;
  #answer: ((answer: Answer) => void) | undefined;
  #stands: (() => void) | undefined;
  #failure: { error: unknown } | undefined;

  private constructor(now: number) {
    this.#now = now;
  }

  /** Runs a program up to its first call. */
  static async begin(program: Program, now: number): Promise<Run> {
    const run = new Run(now);
    await run.#untilItStands(() => {
      const call = (name: string, args: readonly unknown[]) => run.#waitsFor(name, args);
      void program(call, () => run.#now).then(
        () => run.#stands?.(),
        (error: unknown) => {
          run.#failure = { error };
          run.#stands?.();
        },
      );
    });
    return run;
  }

  /** Goes on to the next call. @throws what the program throws */
  async goOn(answer: Answer, now: number): Promise<void> {
    const give = this.#answer;
    this.call = undefined;
    this.#answer = undefined;
    this.#now = now;
    await this.#untilItStands(() => give?.(answer));
  }

  async #untilItStands(move: () => void): Promise<void> {
    const stands = new Promise<void>((resolve) => {
      this.#stands = resolve;
    });
    move();
    await stands;
    if (this.#failure) throw this.#failure.error;
  }

  #waitsFor(name: string, args: readonly unknown[]): Promise<unknown> {
    if (this.call) throw new Error(`${name} is called while ${this.call.name} waits: that is not modelled.`);
    this.call = { name, args };
    return new Promise((resolve, reject) => {
      this.#answer = ({ error, value }) => (error === undefined ? resolve(value) : reject(error));
      this.#stands?.();
    });
  }
}

/**
 * Everything that a process knows: its program and the answers that it got. So it is everything that decides what the
 * process does next, and the real code runs once for each. All histories share what they have in common.
 */
export class Knowledge {
  readonly id: string;
  /** What it asks next; absent when it has ended. */
  readonly call: Call | undefined;
  /** It claims a return, or has claimed one, and may make the call of this claim yet. */
  readonly mayCall: boolean;
  readonly #begin: () => Promise<Run>;
  readonly #after = new Map<string, Knowledge>();
  /** The code itself, as long as nobody has let it go on from here. */
  #run: Run | undefined;

  private constructor(id: string, run: Run, mayCall: boolean, begin: () => Promise<Run>) {
    this.id = id;
    this.call = run.call && callOf(run.call);
    this.mayCall = mayCall || (run.call?.name === 'table.write' && isClaim(run.call.args[0]));
    this.#run = run;
    this.#begin = begin;
  }

  /** @param id identifies the program */
  static async begin(id: string, program: Program, now: number): Promise<Knowledge> {
    const begin = () => Run.begin(program, now);
    return new Knowledge(hashOf(id, String(now)), await begin(), false, begin);
  }

  /** What it knows with the answer to its call. */
  after(answer: Answer, now: number): Knowledge | Promise<Knowledge> {
    const key = `${answer.id}${now}`;
    return this.#after.get(key) ?? this.#goOn(key, answer, now);
  }

  async #goOn(key: string, answer: Answer, now: number): Promise<Knowledge> {
    const begin = async () => {
      const run = await this.#begin();
      await run.goOn(answer, now);
      return run;
    };
    const own = this.#run;
    this.#run = undefined;
    if (own) await own.goOn(answer, now);
    const run = own ?? (await begin());
    const next = new Knowledge(hashOf(this.id, key), run, this.#mayCallAfter(answer), begin);
    this.#after.set(key, next);
    return next;
  }

  #mayCallAfter({ value }: Answer): boolean {
    const { name = '', args = [] } = this.call ?? {};
    if (name === 'table.write' && value === 'written') return isClaim(args[0]);
    return this.mayCall && name !== 'table.completeClaim' && !changesIgf(name);
  }
}

const isClaim = (entity: unknown): boolean =>
  (entity as { content?: { pendingCall?: unknown } } | undefined)?.content?.pendingCall !== undefined;

/** Whether a call changes something at IGF. */
export const changesIgf = (name: string): boolean =>
  /^igf\.\w+\.(create|cancel|commit|confirm|reject|setDelivered)$/.test(name);
