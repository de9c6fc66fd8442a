import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFunctions, codeOf } from '../../infra/bundle.ts';
import { processTerminal, runProgram } from '../../infra/cli/command-line.ts';
import { progress } from '../../infra/cli/output.ts';
import type { Handler } from './call.ts';
import { campaign, measureAgain, type UnderTest } from './campaign.ts';
import { startCountingSqs } from './counting-sqs.ts';
import { endpoints, ingestVariables } from './endpoints.ts';
import { startGateway } from './gateway.ts';
import { type FuzzOptions, fuzzProgram } from './options.ts';
import { answerTable, costTable, findingTexts } from './report.ts';
import { rightKey } from './request.ts';

const terminal = processTerminal();
const program = fuzzProgram(terminal).action(fuzz);
process.exitCode = await runProgram(program, process.argv.slice(2), terminal);

async function fuzz({ inputs, seed }: FuzzOptions): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'fuzz-'));
  await using sqs = await startCountingSqs(rightKey);
  const underTest = { sqs, handlers: await loadBundles(folder.path, sqs.url) };
  const overHttp = Math.floor(inputs / 8);
  const report = await campaign({ inputs: inputs - overHttp, seed }, underTest, (done) =>
    progress('requests', done, inputs - overHttp),
  );
  progress('requests over HTTP', 1, 2);
  await using gateway = await startGateway(underTest);
  const wire = await gateway.fuzz({ inputs: overHttp, seed });
  progress('requests over HTTP', 2, 2);
  const findings = [...report.findings, ...wire.findings];
  const costly = await measureAgain(report, underTest);
  terminal.print(answerTable(report.counts, wire.counts));
  terminal.print(costTable(costly));
  for (const text of findingTexts(findings)) terminal.print(text);
  terminal.print(`\nseed ${seed}: ${findings.length} finding(s)`);
  if (findings.length > 0) terminal.exitCode = 1;
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
