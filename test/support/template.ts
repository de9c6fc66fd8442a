import { createHash } from 'node:crypto';
import {
  globSync,
  mkdirSync,
  mkdtempDisposableSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, synthesize } from '../../infra/local/synth.ts';
import { Template } from '../../infra/local/template.ts';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/synthesized-template');

/**
 * The stack as `cdk deploy` would deploy it: tables and queues of these tests are made from it, never declared again.
 * It is stage `local`, which is live, unless the context names another one. Synthesis takes seconds, so its result is kept for as long as nothing that it is made from changes.
 */
export async function synthesizedStack(
  signal: AbortSignal,
  context: Readonly<Record<string, unknown>> = {},
): Promise<Assembly> {
  const digest = sourcesDigest();
  const file = join(
    cache,
    `${digest}${Object.entries(context)
      .flat()
      .map((text) => `-${text}`)
      .join('')}.json`,
  );
  const kept = read(file);
  if (kept) return { ...kept, template: Template.parse(kept.template) };

  using folder = mkdtempDisposableSync(join(tmpdir(), 'template-'));
  const assembly = await synthesize({ stage: 'local', ...context }, folder.path, signal);
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache))
    if (!old.startsWith(digest)) rmSync(join(cache, old), { force: true });
  // Written beside and then renamed: another jest worker never reads half a file.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(assembly));
  renameSync(`${file}.${process.pid}`, file);
  return assembly;
}

function read(file: string): Assembly | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Over everything that the template is made from. */
function sourcesDigest(): string {
  const sources = globSync(['{infra,lib,functions}/**/*.ts', 'cdk.json', 'package-lock.json'], { cwd: root });
  const digest = createHash('sha256');
  for (const source of sources.sort()) digest.update(source).update(readFileSync(join(root, source)));
  return digest.digest('hex').slice(0, 16);
}
