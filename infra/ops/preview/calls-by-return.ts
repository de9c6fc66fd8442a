import { isDeepStrictEqual } from 'node:util';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import type { LogLine } from '../../../lib/runtime/log.ts';
import type { RecordedCall } from './recording-igf.ts';

/** The recorded calls of each return. The worker logs a decision before it acts on it, so a call belongs to the last one. */
export class CallsByReturn {
  readonly beforeDecisions: RecordedCall[] = [];
  readonly #decided = new Map<string, Map<string, RecordedCall[]>>();
  #current = this.beforeDecisions;

  follow({ step, orderId, returnId }: LogLine): void {
    if (step !== 'decided' || orderId === undefined || returnId === undefined) return;
    const ofOrder = this.#decided.get(orderId) ?? new Map<string, RecordedCall[]>();
    this.#current = ofOrder.get(returnId) ?? [];
    this.#decided.set(orderId, ofOrder.set(returnId, this.#current));
  }

  /** The worker may advance a return twice for one message. Then it repeats the unanswered call. */
  record(call: RecordedCall): void {
    if (!this.#current.some((other) => isDeepStrictEqual(other, call))) this.#current.push(call);
  }

  get orderIds(): string[] {
    return [...this.#decided.keys()];
  }

  /** Undefined when nothing was decided about the return. */
  of(item: ReturnItem): readonly RecordedCall[] | undefined {
    return this.#decided.get(item.orderId)?.get(returnId(item));
  }
}

const levels = ['info', 'warn', 'error'] as const;

/** Runs code of the worker, and gives each of its log lines to `onLine` instead of printing it. */
export async function captureLog<T>(onLine: (line: LogLine) => void, run: () => Promise<T>): Promise<T> {
  const print = levels.map((level) => console[level]);
  for (const level of levels) console[level] = onLine;
  try {
    return await run();
  } finally {
    for (const [at, level] of levels.entries()) console[level] = print[at] ?? console[level];
  }
}
