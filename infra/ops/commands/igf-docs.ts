import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { addExamples, type Terminal } from '../../cli/command-line.ts';
import { igfDocument } from '../igf/document.ts';

const file = join(import.meta.dirname, '../../../docs/igf.md');

/** Writes `docs/igf.md`. A test fails while that file differs from the table of operations. */
export function addIgfDocs(igf: Command, { print }: Terminal): void {
  const command = igf
    .command('docs')
    .summary('write docs/igf.md, the list of operations')
    .description("Writes docs/igf.md from the client's table of IGF operations.");
  addExamples(command, 'npx bridge igf docs').action(() => {
    writeFileSync(file, igfDocument());
    print('docs/igf.md was written.');
  });
}
