import type { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import {
  addExamples,
  type ExitCode,
  newProgram,
  processTerminal,
  runProgram,
  type Terminal,
} from '../cli/command-line.ts';
import { advanceCommand } from './commands/advance.ts';
import { attentionCommand } from './commands/attention.ts';
import { doctorCommand } from './commands/doctor.ts';
import { doneCommand } from './commands/done.ts';
import { eraseCommand } from './commands/erase.ts';
import { eventsCommand } from './commands/events.ts';
import { findCommand } from './commands/find.ts';
import { gapsCommand } from './commands/gaps.ts';
import { retailerCommand } from './commands/igf-retailer.ts';
import {
  statusCommand as igfStatusCommand,
  subscribeCommand,
  unsubscribeCommand,
} from './commands/igf-subscriptions.ts';
import { verifyCommand } from './commands/igf-verify.ts';
import { logsCommand } from './commands/logs.ts';
import { mapCommands } from './commands/map-term.ts';
import { orderCommand } from './commands/order.ts';
import { parkedCommand } from './commands/parked.ts';
import { rejectedCommand } from './commands/rejected.ts';
import { retriesCommand } from './commands/retries.ts';
import { returnsCommand } from './commands/returns.ts';
import { sendCommand } from './commands/send.ts';
import { statusCommand } from './commands/status.ts';
import { supportMailCommand } from './commands/support-mail.ts';
import { unmappedCommand } from './commands/unmapped.ts';

const commands = [
  statusCommand,
  doctorCommand,
  attentionCommand,
  doneCommand,
  advanceCommand,
  orderCommand,
  findCommand,
  returnsCommand,
  gapsCommand,
  eventsCommand,
  retriesCommand,
  parkedCommand,
  rejectedCommand,
  unmappedCommand,
  eraseCommand,
  ...mapCommands,
  logsCommand,
  sendCommand,
  supportMailCommand,
];
const igfCommands = [subscribeCommand, unsubscribeCommand, igfStatusCommand, retailerCommand, verifyCommand];

/** Runs an operator's command: `npx bridge …`. @param args without node and script @returns the exit code */
export async function bridge(
  args: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  const [first, ...others] = args.length > 0 ? args : ['help'];
  return runProgram(bridgeProgram(terminal), first === 'help' ? [...others, '--help'] : args, terminal);
}

/** The program with all commands. */
export function bridgeProgram(terminal: Terminal): Command {
  const program = newProgram('npx bridge', terminal)
    .version(packageJson.version, '-v, --version', 'print the version of the bridge')
    .description(
      `Commands for the operators of the bridge. docs/commands.md describes them all.
Exit code 0: all is well. 1: something needs a person, or was not found. 2: the command was typed wrong.`,
    );
  addExamples(
    program,
    'npx bridge status --stage prod',
    'npx bridge attention --stage prod',
    'npx bridge order 000000549',
    'npx bridge parked --stage prod',
    'npx bridge parked redrive --help',
  );
  for (const add of commands) add(program, terminal);
  const igf = program
    .command('igf')
    .summary('subscriptions, rules and paths at ItGoesForward')
    .description('Commands about ItGoesForward (IGF).')
    .helpCommand(false);
  for (const add of igfCommands) add(igf, terminal);
  return program;
}
