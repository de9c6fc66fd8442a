import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkJsonContext, SettingError } from '../../../infra/settings/stage.ts';

test.each([
  [
    'a comma is missing',
    '{\n  "app": "x"\n  "context": {}\n}',
    /^cdk\.json: Expected ',' or '}' .*\(line 3 column 3\)\.$/,
  ],
  ['it has no context', '{}', /^cdk\.json: it has no "context"\.$/],
])('a broken cdk.json is named in one line: %s', (_what, text, message) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'cdk-json-'));
  const file = join(folder.path, 'cdk.json');
  writeFileSync(file, text);
  expect(() => cdkJsonContext(file)).toThrow(message);
  expect(() => cdkJsonContext(file)).toThrow(SettingError);
});
