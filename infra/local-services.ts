/** Where `npm start` puts its services. Commands find them there with `--local`. */
import type { IncomingHttpHeaders } from 'node:http';
import { UsageError } from './cli/command-line.ts';

/** Everything local listens here only: no other machine reaches it. */
export const host = '127.0.0.1';

/**
 * Whether a page of another site sends a request: by another name of this machine (DNS rebinding), or from another origin
 * (CSRF). The port is not compared with ours, so that a forwarded one works.
 */
export const isForeign = ({ host = '', origin }: IncomingHttpHeaders): boolean =>
  !/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/.test(host) ||
  (origin !== undefined && origin !== `http://${host}`);

/** The account of every local resource: the one that the local SQS puts into its ARNs. */
export const account = '000000000000';

/** Makes the ARNs of local resources in a region. */
export const arnsIn =
  (region: string) =>
  (service: string, resource: string): string =>
    `arn:aws:${service}:${region}:${account}:${resource}`;

export type ArnOf = ReturnType<typeof arnsIn>;

/** The variable that sets the port of each service, and the port without it. */
export const portVariables = {
  api: { variable: 'PORT', usual: 3000, service: 'the API' },
  dynamodb: { variable: 'DYNAMODB_PORT', usual: 8000, service: 'DynamoDB' },
  sqs: { variable: 'SQS_PORT', usual: 4566, service: 'SQS' },
  igf: { variable: 'IGF_PORT', usual: 4010, service: 'the IGF simulator' },
} as const;

export const services = Object.keys(portVariables) as (keyof typeof portVariables)[];

/** The ports of the local runtime; 0 takes any free one. */
export type Ports = Readonly<Record<(typeof services)[number], number>>;

/** @throws UsageError for a value that is no port, and for two services on one port */
export function readPorts(env: Record<string, string | undefined>): Ports {
  const ports = services.map((service) => [service, readPort(service, env)] as const);
  for (const [at, [service, port]] of ports.entries()) {
    const other = ports.slice(0, at).find(([, earlier]) => port !== 0 && earlier === port);
    if (!other) continue;
    const [one, same] = [other[0], service].map((each) => portVariables[each].variable);
    throw new UsageError(`${one} and ${same} are both ${port}: give each its own port.`);
  }
  return Object.fromEntries(ports) as Ports;
}

function readPort(service: keyof Ports, env: Record<string, string | undefined>): number {
  const { variable, usual } = portVariables[service];
  const text = env[variable];
  if (!text) return usual;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new UsageError(`${variable}=${text} is not a port: give a number from 0 (any free one) to 65535.`);
  }
  return Number(text);
}
