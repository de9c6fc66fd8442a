import { eventId } from '../../lib/webhooks/envelope.ts';
import { IngestFunction, type Request } from './ingest-function.ts';
import { QuarantineHarness } from './quarantine.ts';
import { rma } from './webhooks.ts';
import { type Stack, startWorld, type World } from './world.ts';

/** The webhook of `broken`. */
export const name = 'stock-hub/v1/rma';
/** A body that our schemas reject, and its id. */
export const broken = rma({ increment_id: '' });
export const brokenId = eventId(name, broken.payload);

interface Place {
  world: World;
  stack: Stack;
  ingest: IngestFunction;
  quarantine: QuarantineHarness;
  /** A delivery whose body is this text. */
  posted(body: string, request?: Request): ReturnType<IngestFunction['post']>;
  /** Rejects a delivery and stores it. @returns its id */
  reject(delivery?: typeof broken): Promise<string>;
}

/** An ingest function and the quarantine behind it, in a new stack for each test of the calling file. */
export function eachQuarantine(): Place {
  const place = {
    posted: (body, request = {}) => place.ingest.post(rma(), { ...request, body }),
    reject: async (delivery = broken) => {
      expect(await place.ingest.post(delivery)).toMatchObject({ statusCode: 406 });
      expect(await place.quarantine.drain()).toEqual(['acknowledged']);
      return eventId(delivery.webhook, delivery.payload);
    },
  } as Place;

  beforeAll(async () => {
    place.world = await startWorld();
  });
  afterAll(async () => {
    await place.world?.close();
  });
  beforeEach(async () => {
    await place.world.igf.forget();
    place.stack = await place.world.deploy();
    place.ingest = new IngestFunction(place.world, place.stack);
    place.quarantine = new QuarantineHarness(place.world, place.stack);
  });
  return place;
}
