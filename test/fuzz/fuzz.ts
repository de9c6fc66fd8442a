import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFunctions, codeOf } from '../../infra/bundle.ts';
import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { progress } from '../../infra/cli/progress.ts';
import type { Handler } from './call.ts';
import { campaign, measureAgain, type UnderTest } from './campaign.ts';
import { endpoints, ingestVariables } from './endpoints.ts';
import { startGateway } from './gateway.ts';
import { helpText, readOptions } from './options.ts';
import { answerTable, costTable, findingTexts } from './report.ts';
import { rightKey } from './request.ts';
import { startCountingSqs } from './sqs.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(helpText);
  else await fuzz(options);
} catch (error) {
  console.error(error instanceof WrongOption ? error.message : error);
  process.exitCode = 1;
}

async function fuzz({ inputs, seed }: { inputs: number; seed: number }): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'fuzz-'));
  const sqs = await startCountingSqs(rightKey);
  try {
    const underTest = { sqs, handlers: await loadBundles(folder.path, sqs.url) };
    const overHttp = Math.floor(inputs / 8);
    const report = await campaign({ inputs: inputs - overHttp, seed }, underTest, (done) =>
      progress('requests', done, inputs - overHttp),
    );
    progress('requests over HTTP', 1, 2);
    const gateway = await startGateway(underTest);
    const wire = await gateway.fuzz({ inputs: overHttp, seed }).finally(gateway.close);
    progress('requests over HTTP', 2, 2);
    const findings = [...report.findings, ...wire.findings];
    const costly = await measureAgain(report, underTest);
    console.log(answerTable(report.counts, wire.counts));
    console.log(costTable(costly));
    for (const text of findingTexts(findings)) console.log(text);
    console.log(`\nseed ${seed}: ${findings.length} finding(s)`);
    if (findings.length > 0) process.exitCode = 1;
  } finally {
    await sqs.close();
  }
}

/** The functions as they are deployed. */
async function loadBundles(folder: string, sqsUrl: string): Promise<UnderTest['handlers']> {
  Object.assign(process.env, ingestVariables(sqsUrl));
  const bundles = bundleFunctions(folder);
  const handlers = new Map<string, Handler>();
  for (const { webhook, file } of endpoints) {
    const module = (await import(pathToFileURL(join(codeOf(bundles, file), 'index.mjs')).href)) as {
      handler: Handler;
    };
    handlers.set(webhook.name, module.handler);
  }
  return handlers;
}
