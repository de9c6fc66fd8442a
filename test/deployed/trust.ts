import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/**
 * Makes this process reach the emulator: it trusts its certificate, and takes every name below `localhost` for this
 * machine, as RFC 6761 says. Not every resolver does. The host of a deployed API is such a name.
 */
export function trustEmulator(certificateFile: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(certificateFile, 'utf8')]);
  const { lookup } = dns;
  Object.assign(dns, {
    lookup: (host: string, ...others: unknown[]) =>
      Reflect.apply(lookup, dns, [host.endsWith('.localhost') ? 'localhost' : host, ...others]),
  });
}
