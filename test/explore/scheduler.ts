import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { IgfUnavailableError } from '../../lib/igf/errors.ts';

/** One attempt at a message: what one Lambda invocation does. */
export interface Worker {
  /** The number of its message. */
  readonly id: number;
  /** It has ended, or died. */
  isOver: boolean;
  /** Identifies its message and all answers that it got, and so everything that it may do next. */
  knows: string;
}

/** A call that waits until it is chosen. */
interface PendingCall {
  readonly worker: Worker;
  /** Such as `igf.listings.create`. */
  readonly name: string;
  readonly args: readonly unknown[];
  effect(): Promise<unknown>;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/**
 * What happens to a call: it is answered, its worker dies before it, or it takes effect and its answer is lost. A worker
 * that dies after the effect of one call is one that dies before the next.
 */
export type InjectedFault = 'none' | 'dies' | 'answer-lost';

/** What may happen next. */
export interface Option {
  readonly call: PendingCall;
  readonly fault: InjectedFault;
}

/** What has happened. */
export interface PendingStep extends Pick<PendingCall, 'name' | 'args'> {
  readonly worker: number;
  readonly fault: InjectedFault;
  /** What the worker was answered. */
  readonly answer: unknown;
}

/** How many faults may still happen. */
export interface Faults {
  crashes: number;
  lostAnswers: number;
}

/** Names the option that happens next, or stops the history where its end is known. */
export type Choose = (options: readonly Option[]) => Option | 'stop';

/** A text of any data, with maps and errors: the same data gives the same text. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, entry) => {
    if (entry instanceof Map) return [...entry].sort(([one], [other]) => (one < other ? -1 : 1));
    return entry instanceof Error ? `${entry.name}: ${entry.message}` : entry;
  }) ?? 'undefined';

export const hashOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);

/**
 * Decides in which order the calls of several workers take effect. Every call waits until no worker can go on without an
 * answer. Then one of the waiting calls is chosen. Between two of its calls a worker is not interrupted: what it does
 * there nobody else can see.
 */
export class Scheduler {
  readonly steps: PendingStep[] = [];
  /** Identifies all steps. */
  trace = '';
  readonly faults: Faults;
  #pending: PendingCall[] = [];
  /** The worker that went on last in this run. */
  #last: Worker | undefined;

  constructor(faults: Faults) {
    this.faults = faults;
  }

  /** The same object for a worker: every call of it, and of the objects in it, waits until it is chosen. */
  controlled<Target extends object>(target: Target, name: string, worker: Worker): Target {
    return new Proxy(target, {
      get: (object, key) => {
        const member: unknown = Reflect.get(object, key);
        const path = `${name}.${String(key)}`;
        if (typeof member === 'object' && member !== null) return this.controlled(member, path, worker);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          new Promise((resolve, reject) => {
            const effect = async (): Promise<unknown> => member.apply(object, args);
            this.#pending.push({ worker, name: path, args, effect, resolve, reject });
          });
      },
    });
  }

  /** Runs the workers that have been started until none can go on. */
  async run(choose: Choose): Promise<'ended' | 'stopped'> {
    this.#last = undefined;
    for (;;) {
      // Whatever a worker does between two calls is done when the event loop comes round.
      await setImmediate();
      if (this.#pending.length === 0) return 'ended';
      const option = choose(this.#options());
      if (option === 'stop') return 'stopped';
      await this.#take(option);
    }
  }

  /**
   * Options without a fault come first, so that a history of first options has none. Three kinds of options are left out,
   * because others lead to the same end: a call that concerns no other worker happens at once; a worker dies right after
   * a call of its own, because nobody can see when it died after that; and of several workers that have done nothing yet
   * with the same message, the first begins.
   */
  #options(): Option[] {
    const inOrder = this.#pending.toSorted((one, other) => one.worker.id - other.worker.id);
    const own = inOrder.find(({ name }) => concernsNobodyElse.test(name));
    const calls = own ? [own] : inOrder.filter(isFirstOfItsKind);
    const dying = calls.filter(({ worker }) => this.#last === undefined || worker === this.#last);
    const options = (fault: InjectedFault, some: PendingCall[]) => some.map((call) => ({ call, fault }));
    return [
      ...options('none', calls),
      ...(this.faults.crashes > 0 ? options('dies', dying) : []),
      ...(this.faults.lostAnswers > 0 ? options('answer-lost', calls.filter(canLoseAnswer)) : []),
    ];
  }

  async #take({ call, fault }: Option): Promise<void> {
    const { worker, name, args } = call;
    const isLeft = (other: PendingCall): boolean =>
      fault === 'dies' ? other.worker !== worker : other !== call;
    this.#pending = this.#pending.filter(isLeft);
    const { answer, deliver } = fault === 'dies' ? dead : await answerTo(call, fault);
    this.steps.push({ worker: worker.id, name, args, fault, answer });
    const step = [String(worker.id), name, fault, textOf(answer)];
    this.trace = hashOf(this.trace, ...step);
    if (fault === 'dies') {
      this.faults.crashes -= 1;
      worker.isOver = true;
      return;
    }
    if (fault === 'answer-lost') this.faults.lostAnswers -= 1;
    this.#last = worker;
    worker.knows = hashOf(worker.knows, ...step);
    deliver();
  }
}

/** The worker's own message, and the record of its attempt, which no worker reads. */
const concernsNobodyElse = /^(queue\.|table\.recordDelivery$)/;

const isFirstOfItsKind = ({ worker }: PendingCall, index: number, all: readonly PendingCall[]): boolean =>
  all.findIndex((other) => other.worker.knows === worker.knows) === index;

/** A read of the table is made again by the client, which changes nothing. */
const canLoseAnswer = ({ name }: PendingCall): boolean => !/^table\.(read|find|list|has)/.test(name);

const dead = { answer: undefined, deliver: () => undefined };

/** Makes the call. @returns its answer, and how the worker gets it */
async function answerTo(
  call: PendingCall,
  fault: InjectedFault,
): Promise<{ answer: unknown; deliver(): void }> {
  try {
    const first = await call.effect();
    // The client of DynamoDB makes the call again; the others report that no answer came.
    const isRepeated = fault === 'answer-lost' && call.name.startsWith('table.');
    if (fault === 'answer-lost' && !isRepeated) throw lostAnswer(call.name);
    const answer = isRepeated ? await call.effect() : first;
    return { answer, deliver: () => call.resolve(answer) };
  } catch (error) {
    return { answer: error, deliver: () => call.reject(error) };
  }
}

const lostAnswer = (name: string): Error =>
  name.startsWith('igf.')
    ? new IgfUnavailableError(name, 'the answer was lost', { effect: 'unknown' })
    : new Error(`${name}: the answer was lost`);
