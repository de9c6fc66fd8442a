import { runCommandLine } from './command-line.ts';
import { commands } from './commands.ts';

process.exitCode = await runCommandLine(commands, process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
