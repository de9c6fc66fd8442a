// `npm run docs` writes the documents that come from code, or have sections that do. Biome breaks the JSON into lines.
import { writeFileSync } from 'node:fs';
import { documents, documentText, pathOf } from './documents.ts';
import { openApiDocument } from './openapi/description.ts';

for (const name of Object.keys(documents)) {
  writeFileSync(pathOf(name), documentText(name));
  console.log(`${name} was written.`);
}

writeFileSync(pathOf('docs/openapi.json'), JSON.stringify(openApiDocument()));
console.log('docs/openapi.json was written.');
