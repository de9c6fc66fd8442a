import { InvalidArgumentError } from 'commander';
import { CommandError } from './command-line.ts';

/** How many characters of an id are shown, at least. */
const shortest = 8;
/** How many characters name an id, at least. */
export const fewestTyped = 4;

/** Parses the beginning of an id. */
export function beginningOfId(text: string): string {
  if (text.length >= fewestTyped) return text;
  throw new InvalidArgumentError(`Give at least ${fewestTyped} characters.`);
}

/** How long the ids must be shown so that no two of them look the same. */
export function shortLength(ids: Iterable<string>): number {
  const all = [...new Set(ids)];
  const isUnique = (length: number): boolean =>
    new Set(all.map((id) => id.slice(0, length))).size === all.length;
  let length = shortest;
  while (!isUnique(length)) length += 1;
  return length;
}

/**
 * The one id that begins with what was typed.
 * @param place where the ids are, such as `the DLQ`
 * @param listedBy the command that lists them
 * @throws CommandError when there is none, or several
 */
export function idThatBeginsWith(
  typed: string,
  ids: Iterable<string>,
  { place, listedBy }: { place: string; listedBy: string },
): string {
  const all = [...new Set(ids)];
  if (all.includes(typed)) return typed;
  const found = all.filter((id) => id.startsWith(typed)).sort();
  if (found.length === 1 && found[0]) return found[0];
  const begins = `begin with ${JSON.stringify(typed)}`;
  if (found.length === 0) {
    throw new CommandError(`No ids in ${place} ${begins}: ${listedBy} lists them.`);
  }
  const shown = found.slice(0, 5).map((id) => id.slice(0, shortLength(found)));
  const more = found.length > 5 ? ', …' : '';
  throw new CommandError(`${found.length} ids ${begins} (${shown.join(', ')}${more}): type more characters.`);
}
