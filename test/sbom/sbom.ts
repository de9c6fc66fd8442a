// `npm run sbom`: the software bill of materials of what is deployed, as CycloneDX 1.6.
import packageJson from '../../package.json' with { type: 'json' };
import { deployedPackages } from './deployed-packages.ts';

const purl = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;

const { name, version, description } = packageJson;
const components = deployedPackages().map((one) => ({
  type: 'library',
  'bom-ref': purl(one.name, one.version),
  name: one.name,
  version: one.version,
  licenses: [{ expression: one.license }],
  purl: purl(one.name, one.version),
  properties: one.bundles.map((bundle) => ({ name: 'bundle', value: bundle })),
}));
const root = { type: 'application', 'bom-ref': purl(name, version), name, version, description };
console.log(
  JSON.stringify(
    { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: root }, components },
    null,
    2,
  ),
);
