import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Job, JobReport } from './jobs.ts';
import { Watch } from './reached.ts';

// Before anything imports what is watched.
const watch = new Watch(fileURLToPath(new URL('../../lib/actions/exactly-once.ts', import.meta.url)));
if (workerData.isWatched) await watch.start();
const { exploreAll, exploreSeeds } = await import('./campaign.ts');
const { scenarios } = await import('./scenarios.ts');

async function work({ scenario: name, bounds, seeds }: Job): Promise<JobReport> {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`There is no scenario ${name}.`);
  const before = process.threadCpuUsage();
  const { failing, ...report } = seeds
    ? await exploreSeeds(scenario, bounds, seeds)
    : await exploreAll(scenario, bounds);
  const { user, system } = process.threadCpuUsage(before);
  const seconds = (user + system) / 1e6;
  const reached = await watch.reached();
  const { choices = [], violations = [] } = failing ?? {};
  return { ...report, seconds, reached, ...(failing && { failing: { choices, violations } }) };
}

parentPort?.on('message', (job: Job) => void work(job).then((report) => parentPort?.postMessage(report)));
