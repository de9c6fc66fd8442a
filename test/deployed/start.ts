import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIgfSimulator } from '../../infra/igf-simulator/simulator.ts';
import { startEmulator } from './emulator.ts';

/*
 * `npm run emulator`: an AWS account and ItGoesForward, both on this machine, until Ctrl-C. It writes a file with the
 * variables of a shell that works there, and prints how to use it. A parent process gets the variables as a message.
 */
const igfKey = 'emulated-igf-key';
const folder = mkdtempSync(join(tmpdir(), 'returns-bridge-emulator-'));
let starting: ReturnType<typeof startEmulator> | undefined;
let isStopping = false;

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  // A start that still goes on ends first, so that nothing is left behind.
  await starting?.then((emulator) => emulator.stop()).catch(() => {});
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
if (process.connected) process.once('disconnect', () => void stop(0));

try {
  starting = startEmulator(folder, (line) => console.log(line));
  const emulator = await starting;
  const simulator = await startIgfSimulator({ port: 0, apiKey: igfKey });
  const environment = {
    ...emulator.client,
    // `cdk` takes its options from variables too: the app that leaves out what the emulator can't do, and where to.
    CDK_APP: 'node --import ./infra/node-version.mjs test/deployed/app.ts',
    CDK_OUTPUT: join(folder, 'cdk.out'),
    CDK_NOTICES: 'false',
    CURL_CA_BUNDLE: emulator.client.AWS_CA_BUNDLE,
    IGF_BASE_URL: simulator.url,
    IGF_API_KEY: igfKey,
    EMULATOR_LOG: emulator.log,
  };
  const file = join(folder, 'environment');
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(file, ['unset AWS_PROFILE AWS_SESSION_TOKEN', ...exports, ''].join('\n'));
  console.log(`AWS is at ${environment.AWS_ENDPOINT_URL}, ItGoesForward at ${simulator.url}.`);
  console.log(`Ready. In a second terminal, type: . ${file}`);
  process.send?.(environment);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
