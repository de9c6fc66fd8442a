import type { SimulatedStage } from '../simulated-stage.ts';

/** What goes wrong, and the alarms that ring by it, each with the minutes after which it rings at the latest. */
export interface Fault {
  readonly fault: string;
  readonly rings: Readonly<Record<string, number>>;
  readonly begins: (stage: SimulatedStage) => Promise<unknown> | unknown;
  /** How long the stage is watched, in hours. */
  readonly hours: number;
  /** The fault is over after so many minutes. At the end no alarm may ring any more. */
  readonly over?: {
    readonly afterMinutes: number;
    readonly by: (stage: SimulatedStage) => Promise<unknown> | unknown;
  };
  /** Called at every minute. */
  readonly each?: (stage: SimulatedStage, minute: number) => Promise<unknown> | unknown;
}

export const everyMinute = (minutes: number, minute: number): boolean => minute % minutes === 0;
const many = 100_000;
export const igfAnswers = (stage: SimulatedStage, status: number, operation = '*', times = many) =>
  stage.igf('/_simulator/faults', { operation, status, times });
export const igfIsWell = (stage: SimulatedStage) => stage.igf('/_simulator/faults', undefined, 'DELETE');

/** Somebody buys the first listing that nobody has bought, and it arrives there. */
export async function forward(stage: SimulatedStage): Promise<void> {
  const listings = (await stage.igf('/api/v1/listings/all', undefined, 'GET')) as {
    id: number;
    status: string;
  }[];
  const listingId = listings.find(({ status }) => status === 'Available')?.id;
  if (listingId === undefined) return;
  await stage.igf('/_simulator/orders', { listingId, webshopOrderId: `WEB-${listingId}` });
  for (const eventType of ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND'])
    await stage.igf('/_simulator/events', { eventType, listingId });
}
