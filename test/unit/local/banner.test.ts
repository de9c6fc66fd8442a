import { banner } from '../../../infra/local/banner.ts';
import { cdkJsonContext, readStage } from '../../../infra/settings/stage.ts';
import { addresses } from './fixture.ts';

const welcome = ({ columns, context = {} }: { columns?: number; context?: object } = {}) =>
  banner(
    {
      ...{ urls: addresses, stackName: 'returns-bridge-local', table: 'returns-bridge-local-Table' },
      settings: readStage({ ...cdkJsonContext(), stage: 'local', ...context, igfBaseUrl: addresses.igf })
        .settings,
      routes: [
        'POST /winkelstraat/push-api/v2/rma',
        'POST /igf/v1/shipped/{token}',
        'POST /igf/v1/refund/{token}',
      ],
      queues: [{ name: 'returns-bridge-local-IgfQueue' }],
      engine: 'dynalite',
    },
    { speed: 60, accountConcurrency: 10, columns },
  );

test('says the mode, and every setting that differs from its default', () => {
  const text = welcome({ context: { mode: 'observe', countries: 'NL,BE', 'throttling.rate': '5' } });
  expect(text).toContain('runs on this machine, mode observe. Its clock runs 60 times faster');
  expect(text).toContain(
    'Settings        mode=observe countries=["NL","BE"] throttling={"rate":5,"burst":50} logRetentionDays=1 LAMBDA_CONCURRENCY=10\n',
  );
});

test('names its page', () => {
  expect(welcome()).toContain(`  Page            ${addresses.api}/_local\n`);
});

test('on a narrow terminal no word breaks in the middle', () => {
  const tooLong = welcome({ columns: 60 })
    .split('\n')
    .filter((line) => line.length > 60 && /\S +\S/.test(line.slice(18)));
  expect(tooLong).toEqual([]);
});
