// `npm run openapi`: writes docs/openapi.json, which Biome breaks into lines then.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from './description.ts';

const file = join(import.meta.dirname, '../../docs/openapi.json');
writeFileSync(file, JSON.stringify(openApiDocument()));
console.log('docs/openapi.json was written.');
