// `npm run docs` writes the documents whose sections come from code.
import { writeFileSync } from 'node:fs';
import { documents, documentText, pathOf } from './documents.ts';

for (const name of Object.keys(documents)) {
  writeFileSync(pathOf(name), documentText(name));
  console.log(`${name} was written.`);
}
