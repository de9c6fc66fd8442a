import { z } from 'zod';
import { IgfError } from '../../../lib/igf/errors.ts';
import { CommandError } from '../../cli/command-line.ts';
import { awsFailure } from '../aws/aws-error.ts';
import { oneOfThese, text } from '../result-fields.ts';

/** What a check found, and what to do about it. A `failure` is something that the bridge can't work with. */
export const Finding = z.object({
  level: oneOfThese(['ok', 'warning', 'failure'], 'failure: the bridge does not work so'),
  check: text('what was looked at'),
  text: text('what was found, and what to do about it'),
});
export type Finding = z.infer<typeof Finding>;

/** What a check finds: a level, and a sentence. */
export type Found = Omit<Finding, 'check'>;

const found =
  (level: Finding['level']) =>
  (sentence: string): Found => ({ level, text: sentence });
export const ok = found('ok');
export const warning = found('warning');
export const failure = found('failure');

/** A check's findings. A call to AWS that failed, or anything else that a person can mend, is one of them. */
export async function findings(
  check: string,
  look: () => Promise<Found | readonly Found[]>,
  wordsFor: (error: IgfError) => string = ({ message }) => message,
): Promise<Finding[]> {
  const all = await look().catch((error: unknown) => {
    if (error instanceof IgfError) return failure(wordsFor(error));
    const failed = awsFailure(error) ?? (error instanceof CommandError ? error : undefined);
    if (!failed) throw error;
    return failure(failed.message);
  });
  return [all].flat().map(({ level, text }) => ({ level, check, text }));
}

/** The line of a finding, for a person. */
export const findingLine = ({ level, check, text }: Finding): string =>
  `${level.padEnd(7)}  ${check}: ${text}`;
