import type { HttpAnswer } from '../../lib/ingest/answers.ts';
import { IngestFunction, type IngestOptions, type Request } from './ingest-function.ts';
import { type Delivery, rma } from './webhooks.ts';
import { type Stack, startWorld, type World } from './world.ts';

interface ProblemBody {
  title: string;
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

/** Starts one world for the tests of a file, and gives each test a fresh queue with the ingest functions before it. */
export function eachIngest() {
  let world: World;
  let stack: Stack;
  let ingest: IngestFunction;

  beforeAll(async () => {
    world = await startWorld({ table: false });
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    stack = await world.deploy();
    ingest = new IngestFunction(world, stack);
  });
  afterEach(() => stack.secrets.fail(undefined));

  const post = (delivery: Delivery, request?: Request): Promise<HttpAnswer> => ingest.post(delivery, request);
  const queued = (): Promise<string[]> => ingest.queued();
  /** A delivery whose body is this text. */
  const posted = (body: string, request: Request = {}): Promise<HttpAnswer> =>
    post(rma(), { ...request, body });

  return {
    world: () => world,
    secrets: () => stack.secrets,
    restart(options?: IngestOptions): void {
      ingest = new IngestFunction(world, stack, options);
    },
    later: (milliseconds: number): void => ingest.later(milliseconds),
    post,
    posted,
    queued,
    /** Bytes as the gateway hands them over. */
    binary: (bytes: Buffer, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
      posted(bytes.toString('base64'), { isBase64Encoded: true, headers }),
    /** Takes every payload out of the queue. */
    payloads: async (): Promise<unknown[]> => (await queued()).map((text) => JSON.parse(text).payload),
    /** Checks a problem answer: its media type, its status in both places, and an empty queue. */
    async expectProblem(answer: HttpAnswer, status: number): Promise<ProblemBody> {
      const { statusCode, headers, body } = answer;
      expect([statusCode, headers['content-type']]).toEqual([status, 'application/problem+json']);
      expect(headers['x-correlation-id']).toMatch(/\S/);
      const problem: ProblemBody = JSON.parse(body);
      expect(problem).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
      expect(await queued()).toEqual([]);
      return problem;
    },
  };
}
