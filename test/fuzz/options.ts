import type { Command } from 'commander';
import { newProgram, type Terminal, wholeNumber } from '../../infra/cli/command-line.ts';

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
}

export const fuzzProgram = (terminal: Terminal): Command =>
  newProgram('npm run fuzz --', terminal)
    .description(
      `Posts hostile requests to every ingest function.

The functions run as they are bundled. An eighth of the requests passes the gateway of the local
runtime. Prints the answers, the costliest requests with their CPU time, and findings in the form of
test/fuzz/corpus/*.json. Tables go to stdout, progress to stderr. Exit code 1 says that there are
findings.`,
    )
    .option('--inputs <n>', 'how many requests, shared by the endpoints', wholeNumber({ least: 1 }), 5000)
    .option('--seed <n>', 'the same seed makes the same requests', wholeNumber({ least: 1 }), 1);
