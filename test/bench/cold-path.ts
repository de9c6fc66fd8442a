import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchSenderKey, buildSubjects } from './subjects.ts';
import { startExecutionProcess } from './timings.ts';
import { type Reached, startTlsStub } from './tls-stub.ts';

/** What an ingest function does at AWS in init, and for its first webhook. */
export interface ColdPath {
  readonly init: Reached;
  readonly first: Reached;
}

/** Starts each ingest function and posts one webhook to it. */
export async function countColdPaths(): Promise<ColdPath[]> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'bench-cold-'));
  await using stub = await startTlsStub(folder.path, benchSenderKey);
  const { ingest, probe } = buildSubjects(folder.path, stub);
  const paths: ColdPath[] = [];
  for (const subject of ingest) {
    await using process = startExecutionProcess(probe, subject);
    await process.init();
    const init = stub.take();
    await process.calls(1);
    paths.push({ init, first: stub.take() });
  }
  return paths;
}
