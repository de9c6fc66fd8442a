import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Job, JobReport } from './jobs.ts';

/**
 * Works on jobs in several threads.
 * @param done is called after each job, and says whether to go on
 * @returns the reports, in the order of the jobs. Some are missing when it ended early
 */
export async function inThreads(
  jobs: readonly Job[],
  threads: number,
  done: (job: Job, report: JobReport) => boolean,
): Promise<JobReport[]> {
  const reports: JobReport[] = [];
  const left = [...jobs.entries()];
  const work = async (): Promise<void> => {
    let { isWatched } = jobs[0] ?? { isWatched: true };
    let thread = threadThat(isWatched);
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, job] = next;
      if (job.isWatched !== isWatched) {
        await thread.terminate();
        ({ isWatched } = job);
        thread = threadThat(isWatched);
      }
      thread.postMessage(job);
      const [report] = await once(thread, 'message');
      reports[at] = report as JobReport;
      if (!done(job, report as JobReport)) left.length = 0;
    }
    await thread.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, work));
  return reports;
}

const threadThat = (isWatched: boolean): Worker =>
  new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: { isWatched },
    // What thousands of seeds share takes up to 3 GB.
    resourceLimits: { maxOldGenerationSizeMb: 6144 },
  });
