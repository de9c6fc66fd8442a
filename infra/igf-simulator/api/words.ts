import {
  described,
  type OrderCancelReason,
  type OrderStatus,
  type SimulatedShipmentStatus,
} from '../enums.ts';
import type { SimulatorSettings } from '../lifecycle/context.ts';

/** Other spellings of the document's words. Nothing says that IGF keeps to its document's case. */
const spellings: Record<SimulatorSettings['words'], (word: string) => string> = {
  document: (word) => word,
  lower: (word) => word.toLowerCase(),
  upper: (word) => word.toUpperCase(),
  american: (word) => word.replace(/^Cancelled$/, 'Canceled').replace(/^Labelled$/, 'Labeled'),
};

/** The statuses and cancel reasons of answers and webhooks, as the settings want them written. */
export function shownWords({ words, enumDescriptions }: SimulatorSettings) {
  const spell = spellings[words];
  /** The description stays as it is. */
  const spellFirst = (text: string): string => text.replace(/^\S+/, spell);
  const isDescribed = enumDescriptions === true;
  return {
    word: spell,
    orderStatus: (status: OrderStatus) => spellFirst(isDescribed ? described.orderStatus(status) : status),
    cancelReason: (reason: OrderCancelReason | null) =>
      reason && spellFirst(isDescribed ? described.cancelReason(reason) : reason),
    shipmentStatus: (status: SimulatedShipmentStatus) =>
      spellFirst(enumDescriptions === false ? status : described.shipmentStatus(status)),
  };
}
