import type { LocalServer } from '../../infra/local/listen.ts';
import { httpProxy } from './http-proxy.ts';

/** How often each operation was called, by its name: `Query`, `SendMessage`, `POST /listings`. */
export type Calls = Readonly<Record<string, number>>;

export interface CountingProxy extends LocalServer {
  /** The calls since the last time. */
  take(): Calls;
}

/** Counts the calls that reach a local service, repeated attempts of a client included. */
export async function countingProxy(target: string): Promise<CountingProxy> {
  let calls: Record<string, number> = {};
  const proxy = await httpProxy(target, {
    onCall: ({ operation }) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
      return undefined;
    },
  });
  return {
    ...proxy,
    take: () => {
      const taken = calls;
      calls = {};
      return taken;
    },
  };
}

export const total = (calls: Calls): number => Object.values(calls).reduce((sum, count) => sum + count, 0);
