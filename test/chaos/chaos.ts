import { processTerminal, runProgram } from '../../infra/cli/command-line.ts';
import { type ChaosOptions, chaosProgram } from './options.ts';
import { reportOf } from './report.ts';

// Functions run in UTC on Lambda, and threads can't have a time zone of their own.
process.env.TZ = 'UTC';

const terminal = processTerminal();
const program = chaosProgram(terminal).action(chaos);
process.exitCode = await runProgram(program, process.argv.slice(2), terminal);

async function chaos(options: ChaosOptions): Promise<void> {
  terminal.complain(`seed ${options.seed}: starting the bridge …`);
  const { runChaos } = await import('./run.ts');
  const report = await runChaos(options, (line) => terminal.complain(line));
  terminal.print(reportOf(report, options.seed));
  if (report.verdict.differences.length > 0) terminal.exitCode = 1;
}
