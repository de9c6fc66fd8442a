import { createServer } from 'node:net';
import { listen, requirePorts, startServer } from '../../../infra/local/listen.ts';
import { portVariables } from '../../../infra/local-services.ts';

const free = { api: 0, dynamodb: 0, sqs: 0, igf: 0 };

/** Starts something on any free port. */
async function taken() {
  const server = await startServer((_request, response) => void response.end());
  return { port: Number(new URL(server.url).port), [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
}

test('a start on free ports passes', async () => {
  await expect(requirePorts(free)).resolves.toBeUndefined();
});

test('the command keeps what was set, and takes the next free port for what is taken', async () => {
  await using other = await taken();
  const { port } = other;
  const wanted = { ...free, api: port, sqs: port + 1, igf: portVariables.igf.usual };
  const error: Error = await requirePorts(wanted).then(
    () => new Error('It passed.'),
    (reason) => reason,
  );
  expect(error.message).toMatch(new RegExp(`^Port ${port} for the API is taken(, [^:]*)?: type PORT=\\d+ `));
  const chosen = [...error.message.matchAll(/=(\d+)/g)].map(([, text]) => Number(text));
  expect(chosen[0]).toBeGreaterThan(port + 1);
  expect(error.message).toMatch(/ DYNAMODB_PORT=0 SQS_PORT=\d+ (IGF_PORT=\d+ )?npm start$/);
  await using probe = createServer();
  expect(await listen(probe, chosen[0] ?? 0)).toBe(chosen[0]);
});
