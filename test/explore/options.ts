import { type Command, InvalidArgumentError, Option } from 'commander';
import { addExamples, newProgram, type Terminal, wholeNumber } from '../../infra/cli/command-line.ts';
import { scenarios } from './scenarios.ts';

export interface ExploreOptions {
  /** The name of the only scenario; absent: all of them. */
  readonly scenario?: string;
  readonly workers?: number;
  readonly crashes?: number;
  readonly lostAnswers?: number;
  /** Choose at random, first with this seed. */
  readonly seed?: number;
  readonly runs: number;
  /** Make these choices. */
  readonly replay?: number[];
}

const mostWorkers = 9;

export const exploreProgram = (terminal: Terminal): Command =>
  addExamples(
    newProgram('npm run explore --', terminal)
      .description(
        `Runs the real worker code of several workers in every order that their calls can have.

Every call to the table, IGF, the queue and the topic waits until it is chosen, and a worker may die
before it. Exit code 1 when a history violates an invariant: the shortest one found is printed.`,
      )
      .addOption(
        new Option('--scenario <name>', 'explore this scenario only').choices(Object.keys(scenarios)),
      )
      .option(
        '--workers <n>',
        'workers at once, each with a message (default: 2, with --seed 3)',
        wholeNumber({ least: 1, most: mostWorkers }),
      )
      .option(
        '--crashes <n>',
        'how many workers may die (default: 1, with --seed 2)',
        wholeNumber({ least: 0 }),
      )
      .option(
        '--lost-answers <n>',
        'how many answers may be lost (default: 0, with --seed 2)',
        wholeNumber({ least: 0 }),
      )
      .option(
        '--seed <n>',
        'run some histories at random, the first one with this seed, in place of all',
        wholeNumber({ least: 0 }),
      )
      .option('--runs <n>', 'how many histories with --seed', wholeNumber({ least: 1 }), 1000)
      .addOption(
        new Option(
          '--replay <choices>',
          'run and print one history: the choices that a failing history is printed with',
        )
          .argParser(choiceList)
          .conflicts('seed'),
      ),
    'npm run explore -- --scenario list',
    'npm run explore -- --seed 1 --runs 2000',
    'npm run explore -- --scenario list --replay 0,1,0,2',
  );

function choiceList(text: string): number[] {
  if (!/^\d+(,\d+)*$/.test(text)) throw new InvalidArgumentError('Give numbers, such as 0,1,0,2.');
  return text.split(',').map(Number);
}
