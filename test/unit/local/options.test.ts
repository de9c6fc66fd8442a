import { WrongOption } from '../../../infra/cli/command-arguments.ts';
import { readCommandLine } from '../../../infra/local/options.ts';

const read = (args: string[] = [], env: Record<string, string> = {}) => readCommandLine(args, env);

describe('npm start without anything', () => {
  it('takes the usual ports, real time, dynalite and the local keys', () => {
    expect(read()).toEqual({
      help: false,
      context: {},
      ports: { api: 3000, dynamodb: 8000, sqs: 4566, igf: 4010 },
      speed: 1,
      secrets: { winkelstraat: 'local-winkelstraat-key', igf: 'local-igf-key' },
      dynamodb: 'dynalite',
    });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(read([], { PORT: '', SPEED: '', DYNAMODB: '', WINKELSTRAAT_API_KEY: '' })).toEqual(read());
  });
});

describe('arguments', () => {
  it.each([
    [['-c', 'mode=observe', '-c', 'stage=prod']],
    [['--context', 'mode=observe', '--context', 'stage=prod']],
    [['-cmode=observe', '--context=stage=prod']],
  ])('reads settings from %j', (args) => {
    expect(read(args).context).toEqual({ mode: 'observe', stage: 'prod' });
  });

  it('lets a value hold an equals sign, and be empty', () => {
    expect(read(['-c', 'a=b=c', '-c', 'd=']).context).toEqual({ a: 'b=c', d: '' });
  });

  it.each([[['--help']], [['-h']], [['-c', 'a=b', '-h']]])('hears the question for help in %j', (args) => {
    expect(read(args).help).toBe(true);
  });

  it.each([
    [['--verbose'], 'Unknown argument --verbose: npm start -- --help lists what there is.'],
    [['-x'], 'Unknown argument -x: npm start -- --help lists what there is.'],
    [['observe'], 'Unknown argument observe: npm start -- --help lists what there is.'],
    [['-c'], '-c needs key=value, such as -c mode=observe.'],
    [['-c', 'mode'], '-c needs key=value, such as -c mode=observe, not mode.'],
    [['-c', '=observe'], '-c needs key=value, such as -c mode=observe, not =observe.'],
  ])('refuses %j in one line', (args, line) => {
    expect(() => read(args)).toThrow(new WrongOption(line));
  });
});

describe('environment', () => {
  it('sets ports, 0 for any free one, more than once if need be', () => {
    const env = { PORT: '0', DYNAMODB_PORT: '0', SQS_PORT: '65535', IGF_PORT: '1' };
    expect(read([], env).ports).toEqual({ api: 0, dynamodb: 0, sqs: 65535, igf: 1 });
  });

  it.each(['x', '-1', '65536', '3000.5', '0x10', ' '])(
    'refuses %j as a port and names the variable',
    (port) => {
      expect(() => read([], { SQS_PORT: port })).toThrow(
        new WrongOption(`SQS_PORT=${port} is not a port: give a number from 0 (any free one) to 65535.`),
      );
    },
  );

  it('refuses the same port twice and names both variables', () => {
    expect(() => read([], { IGF_PORT: '3000' })).toThrow('PORT and IGF_PORT are both 3000');
  });

  it('sets the secrets', () => {
    expect(read([], { WINKELSTRAAT_API_KEY: 'a', IGF_API_KEY: 'b' }).secrets).toEqual({
      winkelstraat: 'a',
      igf: 'b',
    });
  });

  it.each([
    ['60', 60],
    ['1', 1],
    ['1.5', 1.5],
    ['1e3', 1000],
  ])('reads SPEED=%s', (text, speed) => {
    expect(read([], { SPEED: text }).speed).toBe(speed);
  });

  it.each(['0', '0.9', '-60', 'fast', 'Infinity', 'NaN'])('refuses SPEED=%s', (speed) => {
    expect(() => read([], { SPEED: speed })).toThrow(`SPEED=${speed} is not a speed`);
  });

  it('chooses the engine of the table', () => {
    expect(read([], { DYNAMODB: 'local' }).dynamodb).toBe('dynamodb-local');
    expect(() => read([], { DYNAMODB: 'java' })).toThrow('DYNAMODB=java is not known');
  });
});
