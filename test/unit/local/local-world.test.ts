import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LocalWorld,
  localFolder,
  noteLocalWorld,
  readLocalWorld,
  refuseSecondWorld,
} from '../../../infra/local-world.ts';
import { cdkJsonContext, readStage } from '../../../infra/settings/stage.ts';
import { newLocalFolder } from '../../support/local-folder.ts';

const { name, settings } = readStage({
  ...cdkJsonContext(),
  stage: 'prod',
  attentionEmail: 'none',
  mode: 'observe',
});

const world = (changes: Partial<LocalWorld> = {}): LocalWorld => ({
  id: 'first',
  pid: process.pid,
  stage: { name, settings },
  clock: { startedAt: Date.now(), speed: 60 },
  endpoints: {
    ...{ api: 'http://127.0.0.1:1', dynamodb: 'http://127.0.0.1:2', sqs: 'http://127.0.0.1:3' },
    secretsManager: 'http://127.0.0.1:4',
  },
  outputs: { TableName: 'table', Mode: 'observe' },
  ...changes,
});
const nothing = 'Nothing runs on this machine: start it with npm start.';
let folder: string;
const parent = newLocalFolder();
beforeEach(() => {
  folder = join(parent, String(readdirSync(parent).length));
});

test('what was noted is read back, with its settings and on its own clock', () => {
  const clock = { startedAt: Date.now() - 60_000, speed: 60 };
  using _note = noteLocalWorld(world({ clock }), folder);
  const { now, ...found } = readLocalWorld(folder);
  expect(found).toEqual(world({ clock }));
  expect(found.stage.settings).toMatchObject({ region: 'eu-west-1', mode: 'observe' });
  expect(Math.abs(now() - (clock.startedAt + 3_600_000))).toBeLessThan(60_000);
});

test('a runtime that ends removes its own note', () => {
  noteLocalWorld(world(), folder)[Symbol.dispose]();
  expect(() => readLocalWorld(folder)).toThrow(nothing);
  expect(readdirSync(folder)).toEqual([]);
});

test('a runtime that ends leaves the note of one that started later', () => {
  const first = noteLocalWorld(world(), folder);
  using _second = noteLocalWorld(world({ id: 'second' }), folder);
  first[Symbol.dispose]();
  expect(readLocalWorld(folder).id).toBe('second');
});

test('a second process is refused with the address of the first, and changes nothing', () => {
  using _note = noteLocalWorld(world({ pid: process.ppid }), folder);
  const refused = new RegExp(
    `^The bridge runs already, at http://127.0.0.1:1 \\(process ${process.ppid}\\)\\. Stop it first, [^\n]*bridge.json\\.$`,
  );
  expect(() => refuseSecondWorld(folder)).toThrow(refused);
  expect(() => noteLocalWorld(world({ id: 'second' }), folder)).toThrow(refused);
  expect(readLocalWorld(folder).id).toBe('first');
});

test('a killed process is in nobody’s way', () => {
  noteLocalWorld(world({ pid: 2 ** 22 - 1 }), folder);
  using _note = noteLocalWorld(world({ id: 'second' }), folder);
  expect(readLocalWorld(folder).id).toBe('second');
});

test.each([
  ['no folder', () => {}],
  ['the note of a process that was killed', () => void noteLocalWorld(world({ pid: 2 ** 22 - 1 }), folder)],
  [
    'a file of another version',
    () => {
      noteLocalWorld(world(), folder);
      writeFileSync(join(folder, 'bridge.json'), '{"port": 3000}');
    },
  ],
])('with %s nothing runs', (_what, make) => {
  make();
  expect(() => readLocalWorld(folder)).toThrow(nothing);
});

test('LOCAL_FOLDER names the folder, from the folder of the project', () => {
  expect(localFolder({})).toMatch(/\/\.local$/);
  expect(localFolder({ LOCAL_FOLDER: '/tmp/other' })).toBe('/tmp/other');
});
