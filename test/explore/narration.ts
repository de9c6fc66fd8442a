import type { History } from './history.ts';
import type { Step } from './system.ts';

/** A history in words: each round, each step, and what is violated at the end. @param names of the actors, from 1 on */
export function narrate({ steps, violations }: History, names: readonly string[]): string[] {
  const rounds = Map.groupBy(steps, ({ round }) => round);
  return [
    ...[...rounds].flatMap(([round, ofRound]) => [
      roundLine(round, ofRound, names),
      ...ofRound.map(stepLine),
    ]),
    ...(violations.length > 0
      ? violations.map((violation) => `VIOLATED: ${violation}`)
      : ['All invariants hold.']),
  ];
}

function roundLine(round: number, steps: readonly Step[], names: readonly string[]): string {
  const ids = new Set(steps.flatMap(({ process }) => process?.message ?? []));
  const who = [...ids].sort((one, other) => one - other).map((id) => `${id} is ${names[id - 1]}`);
  return `Round ${round}${round === 1 ? '' : ', when all claims have ended'}: ${who.join(', ')}`;
}

const became: Partial<Record<Step['happens'], string>> = {
  'answer-lost': ' (the first answer is lost)',
  'turned-away': ' (IGF does nothing)',
  'no-answer': ' (IGF does nothing)',
  refused: ' (IGF does nothing)',
  'answer-late': ' (IGF does it later)',
};

function stepLine({ happens, process, call, answer }: Step): string {
  if (happens === 'claims-end')
    return '  all claims end, and each message that is left is received once more';
  const text = `${call?.name} ${call?.args.map(inShort).join(' ')}`.trimEnd();
  if (happens === 'commits') return `  IGF does ${text}`;
  const who = `  ${process?.message}`;
  if (happens === 'dies') return `${who} dies before ${text}`;
  return `${who}  ${text} → ${inShort(answer?.error ?? answer?.value)}${became[happens] ?? ''}`;
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
