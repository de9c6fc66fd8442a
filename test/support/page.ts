import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The text of a page, such as `docs/igf.md`. */
export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A markdown table. */
export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [head, `|${'---|'.repeat(rows[0]?.length ?? 0)}`, ...body].join('\n');
};

/** The part of a page between `<!-- name -->` and `<!-- end of name -->`. */
export function partOf(text: string, name: string): string {
  const [, rest = ''] = text.split(`<!-- ${name} -->\n\n`);
  const [part, after] = rest.split(`\n\n<!-- end of ${name} -->`);
  if (part === undefined || after === undefined) throw new Error(`The page has no part "${name}".`);
  return part;
}

/** The page with this content in place of the part of this name. */
const withPart = (text: string, name: string, content: string): string =>
  text.replace(partOf(text, name), () => content);

/** Rewrites the parts of a page with REWRITE_DOCS=1. @returns the page as it is, and as it must be */
export function comparePage(
  path: string,
  parts: Readonly<Record<string, string>>,
): [is: string, must: string] {
  const wanted = Object.entries(parts).reduce(
    (text, [name, content]) => withPart(text, name, content),
    readPage(path),
  );
  if (process.env.REWRITE_DOCS) writeFileSync(join(root, path), wanted);
  return [readPage(path), wanted];
}
