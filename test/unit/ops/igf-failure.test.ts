import { igfFailure } from '../../../infra/ops/igf/deployed-igf.ts';
import { IgfPathError } from '../../../lib/igf/errors.ts';

test('a path in doubt leads to a command that can be typed: it takes no stage', () => {
  expect(igfFailure(new IgfPathError('POST /listings', 404), 'https://igf.test')).toMatch(
    /OpenAPI file: npx bridge igf verify '<file>'$/,
  );
});
