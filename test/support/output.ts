/*
 * Before each test file: what the code under test logs and measures stays out of the output of the tests. A test that looks
 * at metrics takes the place of `process.stdout.write`.
 */
import { keepLogLines } from './log-lines.ts';

const isMetric = (chunk: unknown): boolean => typeof chunk === 'string' && chunk.startsWith('{"_aws":');

const { stdout } = process;
const print = stdout.write;
stdout.write = ((...args: Parameters<typeof print>) =>
  isMetric(args[0]) || print.apply(stdout, args)) as typeof print;
keepLogLines();
afterAll(() => {
  stdout.write = print;
});
