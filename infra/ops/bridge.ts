import {
  addExamples,
  type ExitCode,
  newProgram,
  processTerminal,
  runProgram,
  type Terminal,
} from '../cli/command-line.ts';
import { advance } from './commands/advance.ts';
import { attention } from './commands/attention.ts';
import { done } from './commands/done.ts';
import { docs } from './commands/igf-docs.ts';
import { retailer } from './commands/igf-retailer.ts';
import { status, subscribe, unsubscribe } from './commands/igf-subscriptions.ts';
import { verify } from './commands/igf-verify.ts';
import { mapCommands } from './commands/map-term.ts';
import { order } from './commands/order.ts';
import { parked } from './commands/parked.ts';
import { rejected } from './commands/rejected.ts';
import { unmapped } from './commands/unmapped.ts';

const commands = [attention, done, advance, order, parked, rejected, unmapped, ...mapCommands];
const igfCommands = [subscribe, unsubscribe, status, retailer, verify, docs];

/**
 * Runs an operator's command: `npx bridge …`.
 * @param args without node and script
 * @returns the exit code
 */
export async function bridge(
  args: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  const program = newProgram('npx bridge', terminal).description(
    `Commands for the operators of the bridge.
Exit code 0: all is well. 1: something needs a person, or was not found. 2: the command was typed wrong.`,
  );
  addExamples(
    program,
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
  return runProgram(program, args.length > 0 ? args : ['--help'], terminal);
}
