import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { type ChaosOptions, helpText, readOptions } from './options.ts';
import { reportOf } from './report.ts';

// Functions run in UTC on Lambda, and threads can't have a time zone of their own.
process.env.TZ = 'UTC';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(helpText);
  else process.exitCode = await chaos(options);
} catch (error) {
  console.error(error instanceof WrongOption ? error.message : error);
  process.exitCode = 1;
}

async function chaos(options: ChaosOptions): Promise<number> {
  console.error(`seed ${options.seed}: starting the bridge …`);
  const { runChaos } = await import('./run.ts');
  const report = await runChaos(options, (line) => console.error(line));
  console.log(reportOf(report, options.seed));
  return report.verdict.differences.length > 0 ? 1 : 0;
}
