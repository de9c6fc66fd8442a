import { askSecret } from '../../cli/ask-secret.ts';
import { noteChange } from '../aws/change-log.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { type SecretName, secretStore } from '../aws/secret-store.ts';
import { type Finding, failure, findings, ok } from './finding.ts';

/** The secrets that a person fills. The bridge makes the third one itself, when it subscribes at IGF. */
export const typedSecrets = { 'winkelstraat-key': 'Winkelstraat', 'igf-key': 'ItGoesForward' } as const;
export type TypedSecret = keyof typeof typedSecrets;

/**
 * Checks that each secret has a usable value.
 * @param replaced a value is typed for it first, whatever it has
 * @param mayAsk whether a person is asked for the value of an empty one
 */
export async function checkSecrets(
  bridge: OpenBridge,
  { replaced, mayAsk }: { readonly replaced?: TypedSecret | undefined; readonly mayAsk: boolean },
): Promise<Finding[]> {
  const store = secretStore(bridge);
  const check = (name: SecretName, what: string, whose?: string) =>
    findings(`secret ${name}`, async () => {
      if (name !== replaced && (await store.read(name))) return ok('it has a value');
      const mayType = whose !== undefined && (name === replaced || mayAsk);
      const typed = mayType ? await askSecret(`Paste the key of ${whose} for the secret ${name}:`) : '';
      if (typed === '') return failure(`${mayType ? 'nothing was typed' : 'it has no value'}. ${what}`);
      await noteChange(bridge, `doctor --set-secret ${name}`);
      await store.put(name, typed);
      return ok('its value was stored');
    });
  const found: Finding[] = [];
  for (const name of Object.keys(typedSecrets) as TypedSecret[]) {
    const again = `This asks for it: ${bridge.command('doctor', '--set-secret', name)}`;
    found.push(...(await check(name, again, typedSecrets[name])));
  }
  const subscribe = `This makes one: ${bridge.command('igf', 'subscribe')}`;
  return [...found, ...(await check('igf-path-token', subscribe))];
}
