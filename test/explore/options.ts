import { type Command, InvalidArgumentError, Option } from 'commander';
import { addExamples, newProgram, type Terminal, wholeNumber } from '../../infra/cli/command-line.ts';
import type { Bounds } from './faults.ts';
import { scenarios } from './scenarios.ts';

export interface ExploreOptions extends Partial<Bounds> {
  /** The name of the only scenario; absent: all of them. */
  readonly scenario?: string;
  /** How many histories to choose at random in each scenario. */
  readonly seeds?: number;
  /** The first seed. */
  readonly seed: number;
  readonly threads?: number;
  /** Make these choices. */
  readonly replay?: number[];
  readonly short?: boolean;
  /** End at the first violation. */
  readonly stop?: boolean;
  readonly json?: boolean;
}

const mostWorkers = 9;
const count = wholeNumber({ least: 0 });

export const exploreProgram = (terminal: Terminal): Command =>
  addExamples(
    newProgram('npm run explore --', terminal)
      .description(
        `Runs the real worker code of several workers in every order that their calls can have.

Every call to the table, IGF, the queue and the topic waits until it is chosen, and faults happen to it.
First every history of two workers with a crash and a lost answer is explored, then histories of three
workers with more faults are chosen at random, by seeds. Exit code 1 when a history violates an
invariant, does not repeat, or when something that must be reached is not.`,
      )
      .addOption(
        new Option('--scenario <name>', 'explore this scenario only').choices(Object.keys(scenarios)),
      )
      .option('--workers <n>', 'workers at once', wholeNumber({ least: 1, most: mostWorkers }))
      .option('--crashes <n>', 'how many of them may die', count)
      .option('--lost-answers <n>', 'how many answers may be lost', count)
      .option('--turned-away <n>', 'how many calls to IGF may get 429 or no answer, without an effect', count)
      .option('--refusals <n>', 'how many calls IGF may refuse', count)
      .option('--late-commits <n>', 'how many calls to IGF may have their effect late', count)
      .option('--outlived <n>', 'how often all claims may end while their workers run', count)
      .option('--preemptions <n>', 'how often a worker may be overtaken (default: any number)', count)
      .option('--seeds <n>', 'how many histories at random (default: 1000, with --short 25)', count)
      .option('--seed <n>', 'the first seed', count, 1)
      .option('--threads <n>', 'threads (default: one for each core)', wholeNumber({ least: 1 }))
      .addOption(
        new Option(
          '--replay <choices>',
          'run and print one history: the choices that a failing history is printed with',
        ).argParser(choiceList),
      )
      .option('--short', 'what npm test runs: fewer seeds, and fewer preemptions in most scenarios')
      .option('--stop', 'end at the first violation')
      .option('--json', 'print the report as JSON'),
    'npm run explore -- --scenario list',
    'npm run explore -- --scenario list --seeds 100000',
    'npm run explore -- --scenario list --replay 0,1,0,2',
  );

function choiceList(text: string): number[] {
  if (!/^\d+(,\d+)*$/.test(text)) throw new InvalidArgumentError('Give numbers, such as 0,1,0,2.');
  return text.split(',').map(Number);
}
