/** dynalite ships no types: an HTTP server that speaks DynamoDB's protocol, its data in memory. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  export default function dynalite(options?: { createTableMs?: number; maxItemSizeKb?: number }): Server;
}
