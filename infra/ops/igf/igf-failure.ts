import { IgfError, IgfPathError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { CommandError } from '../../cli/command-line.ts';

/** A failed call to IGF, in one sentence for the person who ran the command. */
export function igfFailure(error: IgfError, igfBaseUrl: string): string {
  if (error instanceof IgfPathError) {
    return `${error.message}. Compare the path with IGF's OpenAPI file (npx bridge igf verify), and set "igfPaths".`;
  }
  if (error instanceof IgfUnavailableError) {
    if (error.status === 401 || error.status === 403) {
      return `IGF did not accept the api-key (${error.status}): store the right one in its secret.`;
    }
    const what = error.status === undefined ? `IGF can't be reached at ${igfBaseUrl}` : 'IGF has a problem';
    return `${what} (${error.message}). Try again later.`;
  }
  return `${error.message}.`;
}

/** Turns a failed call to IGF into a CommandError. @throws CommandError */
export async function explainFailure<T>(igfBaseUrl: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof IgfError ? new CommandError(igfFailure(error, igfBaseUrl)) : error;
  }
}
