import { IgfRejectedError, IgfUnavailableError } from '../../lib/igf/errors.ts';
import { type Effects, isRead, partOf } from './effects.ts';
import type { Faults } from './faults.ts';
import { type Answer, type Call, failureOf } from './knowledge.ts';
import type { PartState, PartStates } from './world.ts';

/**
 * What happens next: a call is answered, its process dies before it, or one of the other faults happens to it. `commits`:
 * a late call has its effect. `claims-end`: time passes. A process that dies after a call is one that dies before the
 * next.
 */
export type Happening =
  | 'answered'
  | 'dies'
  | 'answer-lost'
  | 'no-answer'
  | 'turned-away'
  | 'refused'
  | 'answer-late'
  | 'commits'
  | 'claims-end';

/** The message of a process, and the record of its attempt, which no worker reads. */
export const concernsNobodyElse = /^(messages\.(delay|park|delete)|table\.recordDelivery)$/;
/** A read of the table is made again by the client, which changes nothing. */
export const canLoseAnswer = (name: string): boolean => isOfIgf(name) || !isRead(name);
export const isOfIgf = (name: string): boolean => name.startsWith('igf.');

/** The client of DynamoDB makes a call again when its answer is lost. The others report that no answer came. */
const isRepeated = (name: string): boolean => /^(table|quarantine)\./.test(name);

/** What happens to a call, and what its process is answered. `late`: calls that have their effect later. */
export async function outcomeOf(
  happens: Happening,
  call: Call,
  world: PartStates,
  effects: Effects,
): Promise<{ world: PartStates; answer: Answer; late?: Call[] }> {
  const unanswered = (effect: 'unknown' | 'not-done', why: string) =>
    failureOf(new IgfUnavailableError(call.name, why, { effect }));
  if (happens === 'turned-away')
    return { world, answer: isOfIgf(call.name) ? unanswered('not-done', 'IGF answered 429') : throttled };
  if (happens === 'no-answer') return { world, answer: unanswered('unknown', 'no answer') };
  if (happens === 'answer-late') return { world, answer: unanswered('unknown', 'no answer'), late: [call] };
  if (happens === 'refused') return { world, answer: failureOf(new IgfRejectedError(call.name, 422)) };
  const first = await effects.of(call, world[partOf(call)]);
  const after = withPart(world, call, first.after);
  if (happens === 'answered') return { world: after, answer: first.answer };
  if (!isRepeated(call.name)) {
    const lost = isOfIgf(call.name)
      ? unanswered('unknown', 'the answer was lost')
      : failureOf(new Error(`${call.name}: the answer was lost`));
    return { world: after, answer: first.answer.error === undefined ? lost : first.answer };
  }
  const second = await effects.of(call, after[partOf(call)]);
  return { world: withPart(after, call, second.after), answer: second.answer };
}

const throttled = failureOf(Object.assign(new Error('throttled'), { name: 'ThrottlingException' }));

const spent: Partial<Record<Happening, keyof Faults>> = {
  ...{
    dies: 'crashes',
    'answer-lost': 'lostAnswers',
    'turned-away': 'turnedAway',
    'no-answer': 'turnedAway',
  },
  ...{ refused: 'refusals', 'answer-late': 'lateCommits', 'claims-end': 'outlived' },
};

export function faultsAfter(faults: Faults, happens: Happening): Faults {
  const name = spent[happens];
  return name ? { ...faults, [name]: faults[name] - 1 } : faults;
}

export const withPart = (world: PartStates, call: Call, after: PartState): PartStates =>
  world[partOf(call)] === after ? world : { ...world, [partOf(call)]: after };
