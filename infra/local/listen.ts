import type { AddressInfo, Server } from 'node:net';
import { type Ports, portVariables } from './options.ts';

/** Everything local listens here only: no other machine reaches it. */
export const host = '127.0.0.1';

/** A port that can't be listened on; the message is one line that says which variable sets it. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable';
}

const partNames: Record<keyof Ports, string> = {
  api: 'the API',
  dynamodb: 'DynamoDB',
  sqs: 'SQS',
  igf: 'the IGF simulator',
};

/** Listens on 127.0.0.1 and gives the port. @throws the system's error, see `asPortUnavailable`. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Turns a failed listen into a line for a person; anything else is given back as it is. */
export function asPortUnavailable(error: unknown, part: keyof Ports, port: number): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const { variable } = portVariables[part];
  const advice = `set ${variable} to another port, or to 0 for any free one`;
  if (code === 'EADDRINUSE')
    return new PortUnavailable(`Port ${port} for ${partNames[part]} is taken: ${advice}.`);
  if (code === 'EACCES')
    return new PortUnavailable(`Port ${port} for ${partNames[part]} is not allowed: ${advice}.`);
  return error;
}
