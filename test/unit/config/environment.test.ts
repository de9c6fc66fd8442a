import {
  IngestEnvironment,
  readEnvironment,
  type Variables,
  WorkerEnvironment,
} from '../../../lib/config/environment.ts';

const worker: Variables<WorkerEnvironment> = {
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/queue',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/dlq',
  STAGE: 'test',
  TABLE_NAME: 'bridge',
  IGF_BASE_URL: 'https://api.itgoesforward.com/api/v1',
  IGF_PATHS: '{}',
  IGF_KEY_SECRET_ID: 'igf-key',
  POLICY: '{}',
  ATTENTION_TOPIC_ARN: 'arn:aws:sns:eu-west-1:1:attention',
  CLAIM_LEASE_SECONDS: '120',
  IGF_CALLS_PER_SECOND: '0.5',
};

test('a worker’s variables are read, the lease and the rate as numbers', () => {
  expect(readEnvironment(WorkerEnvironment, worker)).toEqual({
    ...worker,
    CLAIM_LEASE_SECONDS: 120,
    IGF_CALLS_PER_SECOND: 0.5,
  });
});

test('other variables of the machine are ignored', () => {
  const variables = {
    QUEUE_URL: 'http://127.0.0.1:4566/q',
    REJECTED_QUEUE_URL: 'http://127.0.0.1:4566/r',
    SENDER_KEY_SECRET_ID: 'key',
    PATH: '/bin',
  };

  expect(readEnvironment(IngestEnvironment, variables)).not.toHaveProperty('PATH');
});

test('one error names everything that is missing or wrong, without values', () => {
  const wrong = {
    ...worker,
    QUEUE_URL: 'secret-thing',
    TABLE_NAME: '',
    CLAIM_LEASE_SECONDS: '2 min',
    POLICY: undefined,
  };
  const read = () => readEnvironment(WorkerEnvironment, wrong);

  for (const name of ['QUEUE_URL', 'TABLE_NAME', 'POLICY', 'CLAIM_LEASE_SECONDS']) expect(read).toThrow(name);
  expect(read).toThrow(/^(?!.*(secret-thing|2 min|IGF_BASE_URL))/);
});

test.each(Object.keys(worker))('a worker does not start without %s', (name) => {
  expect(() => readEnvironment(WorkerEnvironment, { ...worker, [name]: undefined })).toThrow(name);
});

test.each(['0', '-1', '1.5', 'soon', ''])('a lease of %j seconds is an error', (seconds) => {
  const variables = { ...worker, CLAIM_LEASE_SECONDS: seconds };

  expect(() => readEnvironment(WorkerEnvironment, variables)).toThrow('CLAIM_LEASE_SECONDS');
});

test.each(['0', '0.0', '-1', '.5', '1e3', 'fast', ''])(
  'a rate of %j calls a second is an error',
  (rateLimiter) => {
    const variables = { ...worker, IGF_CALLS_PER_SECOND: rateLimiter };

    expect(() => readEnvironment(WorkerEnvironment, variables)).toThrow('IGF_CALLS_PER_SECOND');
  },
);
