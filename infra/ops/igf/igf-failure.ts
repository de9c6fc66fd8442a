import { IgfError, IgfPathError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { CommandError } from '../command.ts';

/** What a failed call to IGF means for the person who ran the command, in one sentence. */
export function igfFailure(error: IgfError, igfBaseUrl: string): string {
  if (error instanceof IgfPathError) {
    return `${error.message}. Hold it against IGF's OpenAPI file (npm run ops -- igf verify) and set "igfPaths".`;
  }
  if (error instanceof IgfUnavailableError) {
    if (error.status === 401 || error.status === 403) {
      return `IGF did not take the api-key (${error.status}): put the right one into its secret.`;
    }
    const asked = error.status === undefined ? `IGF can't be reached at ${igfBaseUrl}` : 'IGF is in trouble';
    return `${asked} (${error.message}). Try again later.`;
  }
  return `${error.message}.`;
}

/** Does what asks IGF, and says in one line when it could not. @throws CommandError */
export async function askingIgf<T>(igfBaseUrl: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof IgfError ? new CommandError(igfFailure(error, igfBaseUrl)) : error;
  }
}
