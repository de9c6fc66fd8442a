import { jest } from '@jest/globals';
import { UsageError } from '../../../infra/cli/command-line.ts';
import { readCommandLine } from '../../../infra/local/options.ts';
import { localFolder } from '../../../infra/local-world.ts';

function read(args: string[] = [], env: Record<string, string> = {}) {
  const commandLine = readCommandLine(args, env);
  if (!commandLine) throw new Error('Only the help was printed.');
  return commandLine;
}

describe('npm start without anything', () => {
  test('takes the usual ports, real time, dynalite and the local keys', () => {
    expect(read()).toEqual({
      context: {},
      ports: { api: 3000, dynamodb: 8000, sqs: 4566, igf: 4010 },
      speed: 1,
      accountConcurrency: 1000,
      secrets: { winkelstraat: 'local-winkelstraat-key', igf: 'local-igf-key' },
      dynamodb: 'dynalite',
      folder: localFolder(),
    });
  });

  test('treats an empty variable like one that is not set', () => {
    expect(read([], { PORT: '', SPEED: '', DYNAMODB: '', WINKELSTRAAT_API_KEY: '' })).toEqual(read());
  });
});

describe('arguments', () => {
  test.each([
    [['-c', 'mode=observe', '-c', 'stage=prod']],
    [['--context', 'mode=observe', '--context', 'stage=prod']],
    [['-cmode=observe', '--context=stage=prod']],
  ])('reads settings from %j', (args) => {
    expect(read(args).context).toEqual({ mode: 'observe', stage: 'prod' });
  });

  test('lets a value hold an equals sign, and be empty', () => {
    expect(read(['-c', 'a=b=c', '-c', 'd=']).context).toEqual({ a: 'b=c', d: '' });
  });

  test.each([[['--help']], [['-h']], [['-c', 'a=b', '-h']]])(
    'prints the help, and nothing else, for %j',
    (args) => {
      const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
      expect(readCommandLine(args, { PORT: 'x' })).toBeUndefined();
      const printed = write.mock.calls.join('');
      write.mockRestore();
      expect(printed).toMatch(/^Usage: npm start -- \[-c key=value\]\.\.\.\n/);
      expect(printed).toMatch(/-c, --context <key=value> +a setting of the stage block in cdk\.json/);
      expect(printed).toContain('SPEED=60 npm start -- -c mode=observe');
    },
  );

  test.each([
    [['--verbose'], "unknown option '--verbose'"],
    [['--contxt', 'a=b'], "unknown option '--contxt' (Did you mean --context?)"],
    [['-x'], "unknown option '-x'"],
    [['observe'], 'too many arguments. Expected 0 arguments but got 1: observe.'],
    [['-c'], "option '-c, --context <key=value>' argument missing"],
    ...['mode', '=observe'].map((wrong): [string[], string] => [
      ['-c', wrong],
      `option '-c, --context <key=value>' argument '${wrong}' is invalid. It needs key=value, such as -c mode=observe.`,
    ]),
  ])('refuses %j in one line', (args, reason) => {
    const line = `npm start: ${reason} (npm start -- --help lists the options)`;
    expect(() => read(args)).toThrow(new UsageError(line));
  });
});

describe('environment', () => {
  test('sets ports; 0 means any free one, and may be given several times', () => {
    const env = { PORT: '0', DYNAMODB_PORT: '0', SQS_PORT: '65535', IGF_PORT: '1' };
    expect(read([], env).ports).toEqual({ api: 0, dynamodb: 0, sqs: 65535, igf: 1 });
  });

  test.each(['x', '-1', '65536', '3000.5', '0x10', ' '])(
    'refuses %j as a port and names the variable',
    (port) => {
      expect(() => read([], { SQS_PORT: port })).toThrow(
        new UsageError(`SQS_PORT=${port} is not a port: give a number from 0 (any free one) to 65535.`),
      );
    },
  );

  test('refuses the same port twice and names both variables', () => {
    expect(() => read([], { IGF_PORT: '3000' })).toThrow('PORT and IGF_PORT are both 3000');
  });

  test('sets the secrets', () => {
    expect(read([], { WINKELSTRAAT_API_KEY: 'a', IGF_API_KEY: 'b' }).secrets).toEqual({
      winkelstraat: 'a',
      igf: 'b',
    });
  });

  test.each([
    ['60', 60],
    ['1', 1],
    ['1.5', 1.5],
    ['1e3', 1000],
  ])('reads SPEED=%s', (text, speed) => {
    expect(read([], { SPEED: text }).speed).toBe(speed);
  });

  test.each(['0', '0.9', '-60', 'fast', 'Infinity', 'NaN'])('refuses SPEED=%s', (speed) => {
    expect(() => read([], { SPEED: speed })).toThrow(`SPEED=${speed} is not a number`);
  });

  test('chooses the engine of the table', () => {
    expect(read([], { DYNAMODB: 'local' }).dynamodb).toBe('dynamodb-local');
    expect(() => read([], { DYNAMODB: 'java' })).toThrow('DYNAMODB=java is not known');
  });
});
