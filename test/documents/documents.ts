import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandSections } from './commands-document.ts';
import { igfSections } from './igf-document.ts';

/** The documents that are written from code, below the introduction that a person writes. */
export const documents: Readonly<Record<string, () => string>> = {
  'docs/commands.md': commandSections,
  'docs/igf.md': igfSections,
};

export const pathOf = (name: string): string => join(import.meta.dirname, '../..', name);

/** The text of a document: its introduction, as it is written there, and its sections. */
export function documentText(name: string): string {
  const [introduction = ''] = readFileSync(pathOf(name), 'utf8').split('\n## ');
  return introduction + documents[name]?.();
}
