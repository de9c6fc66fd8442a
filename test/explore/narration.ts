import type { History, Round } from './history.ts';
import type { PendingStep } from './scheduler.ts';

/** A history in words: each round, each step, and what is violated at the end. */
export function narrate({ rounds, violations }: History): string[] {
  return [
    ...rounds.flatMap((round, index) => [roundLine(round, index), ...round.steps.map(stepLine)]),
    ...(violations.length > 0
      ? violations.map((violation) => `VIOLATED: ${violation}`)
      : ['All invariants hold.']),
  ];
}

const roundLine = ({ workers }: Round, index: number): string => {
  const received = workers.map(({ id, delivery }) => `worker ${id} receives ${delivery.webhook}`);
  const when = index === 0 ? 'Round 1' : `Round ${index + 1}, when all claims have ended`;
  return `${when}: ${received.join(', ')}`;
};

function stepLine({ worker, name, args, fault, answer }: PendingStep): string {
  const call = `${name} ${args.map(inShort).join(' ')}`.trimEnd();
  if (fault === 'dies') return `  worker ${worker} dies before ${call}`;
  const lost = fault === 'answer-lost' ? ' (the first answer is lost)' : '';
  return `  worker ${worker}  ${call} → ${inShort(answer)}${lost}`;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in a few words: what a reader of a history looks for in it. */
function inShort(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length > 0 ? value.map(inShort).join(', ') : 'none';
  if (!isFields(value)) return typeof value;
  const {
    kind,
    id,
    content,
    returns,
    rmaId,
    itemId,
    shipmentId,
    sku,
    state,
    status,
    listingId,
    pendingCall,
    outcome,
  } = value;
  if (content !== undefined) return `${kind} ${inShort(content)}`;
  if (Array.isArray(returns)) return returns.length > 0 ? `return ${inShort(returns)}` : 'no return yet';
  const words = [
    kind,
    itemId === undefined ? rmaId : `${rmaId}/${itemId}`,
    shipmentId,
    sku,
    id,
    state ?? status ?? outcome,
    listingId === undefined ? undefined : `(listing ${listingId})`,
    isFields(pendingCall) ? `(claimed by ${pendingCall.token} to ${pendingCall.operation})` : undefined,
  ].filter((word) => word !== undefined);
  return words.length > 0 ? words.join(' ') : '…';
}
