import type { Counts } from './counted-bridge.ts';

/** What of an event is billed: units of DynamoDB, and bytes of our log lines. */
export interface Billed {
  readonly writeUnits: number;
  readonly indexWriteUnits: number;
  readonly readUnits: number;
  readonly ingestLogBytes: number;
  readonly workerLogBytes: number;
}

export const billedOf = (...counts: readonly Counts[]): Billed => {
  const sum = (value: (each: Counts) => number) => counts.reduce((total, each) => total + value(each), 0);
  return {
    writeUnits: sum(({ units }) => units.table),
    indexWriteUnits: sum(({ units }) => units.index),
    readUnits: sum(({ units }) => units.read),
    ingestLogBytes: sum(({ runs }) => runs.request.logBytes),
    workerLogBytes: sum(({ runs }) => runs.queue.logBytes),
  };
};
