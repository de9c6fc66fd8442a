import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { deployedPackages } from '../sbom/deployed-packages.ts';

const root = join(import.meta.dirname, '../..');

/** Licences that ask for nothing but their notice: no copyleft, and no field of use. */
const allowed = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT'];

const deployed = deployedPackages();

test('what is deployed has licences of the allow list only', () => {
  expect(deployed.length).toBeGreaterThan(10);
  expect(deployed.filter(({ license }) => !allowed.includes(license))).toEqual([]);
});

test('what is deployed is parts of the AWS SDK, and little else', () => {
  const names = deployed.map(({ name }) => name).filter((name) => !/^@(aws-sdk|smithy|aws)\//.test(name));

  expect(names).toEqual(['@middy/core', '@middy/http-json-body-parser', '@middy/util', 'cockatiel', 'zod']);
});

test('npm run sbom prints it as CycloneDX, with the version and the licence of each package', () => {
  const { stdout } = spawnSync(process.execPath, ['test/sbom/sbom.ts'], { cwd: root, encoding: 'utf8' });
  const bom = JSON.parse(stdout);
  const sqs = packageJson.dependencies['@aws-sdk/client-sqs'];

  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  expect(bom.components).toHaveLength(deployed.length);
  expect(bom.components).toContainEqual(
    expect.objectContaining({
      name: '@aws-sdk/client-sqs',
      version: sqs,
      licenses: [{ expression: 'Apache-2.0' }],
      purl: `pkg:npm/%40aws-sdk/client-sqs@${sqs}`,
    }),
  );
});
