import {
  addExamples,
  type ExitCode,
  inPrintableLines,
  newProgram,
  processTerminal,
  runProgram,
  type Terminal,
} from '../cli/command-line.ts';
import { addAdvance } from './commands/advance.ts';
import { addAttention } from './commands/attention.ts';
import { addDone } from './commands/done.ts';
import { addIgfDocs } from './commands/igf-docs.ts';
import { addIgfRetailer } from './commands/igf-retailer.ts';
import { addIgfStatus } from './commands/igf-status.ts';
import { addIgfSubscribe } from './commands/igf-subscribe.ts';
import { addIgfUnsubscribe } from './commands/igf-unsubscribe.ts';
import { addIgfVerify } from './commands/igf-verify.ts';
import { addMapCommands } from './commands/map-term.ts';
import { addOrder } from './commands/order.ts';
import { addParked } from './commands/parked.ts';
import { addRejected } from './commands/rejected.ts';
import { addUnmapped } from './commands/unmapped.ts';

/**
 * Runs an operator's command: `npx bridge …`.
 * @param args without node and script
 * @returns the exit code
 */
export async function bridge(
  args: readonly string[],
  shown: Terminal = processTerminal(),
): Promise<ExitCode> {
  const terminal = inPrintableLines(shown);
  const program = newProgram('npx bridge', shown).description(
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
  addAttention(program, terminal);
  addDone(program, terminal);
  addAdvance(program, terminal);
  addOrder(program, terminal);
  addParked(program, terminal);
  addRejected(program, terminal);
  addUnmapped(program, terminal);
  addMapCommands(program, terminal);
  const igf = program
    .command('igf')
    .summary('subscriptions, rules and paths at ItGoesForward')
    .description('Commands about ItGoesForward (IGF).')
    .helpCommand(false);
  addIgfSubscribe(igf, terminal);
  addIgfUnsubscribe(igf, terminal);
  addIgfStatus(igf, terminal);
  addIgfRetailer(igf, terminal);
  addIgfVerify(igf, terminal);
  addIgfDocs(igf, terminal);
  return runProgram(program, args.length > 0 ? args : ['--help'], terminal);
}
