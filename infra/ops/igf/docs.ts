import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../command.ts';
import { igfDocument } from './document.ts';

const file = join(import.meta.dirname, '../../../docs/igf.md');

/** Makes `docs/igf.md` of the table; a test fails while it is not what this writes. */
export const igfDocs: Command = {
  name: 'igf docs',
  positionals: [],
  summary: 'writes docs/igf.md, the table of operations, anew',
  async run(_input, print) {
    writeFileSync(file, igfDocument());
    print('docs/igf.md is written.');
    return 0;
  },
};
