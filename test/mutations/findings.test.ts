import { findingsOf, findingsText } from './findings.ts';

const tested = (file: string, isFailed: boolean, seconds: number) => ({ file, isFailed, seconds });

test('the fastest failing file of a kind counts', () => {
  const findings = findingsOf([
    tested('test/unit/one.test.ts', true, 3),
    tested('test/cases/cases.test.ts', true, 1),
    tested('test/integration/one.test.ts', false, 4),
    tested('test/integration/two.test.ts', false, 5),
    tested('test/system/crash/worker.test.ts', true, 60),
  ]);

  expect(findings).toEqual([
    { by: 'unit', isFound: true, isNamed: true, seconds: 1 },
    { by: 'integration', isFound: false, isNamed: true, seconds: 9 },
    { by: 'crash', isFound: true, isNamed: true, seconds: 60 },
  ]);
  expect(findingsText(findings)).toBe('unit in 1.0 s, not integration, crash in 60.0 s');
});
