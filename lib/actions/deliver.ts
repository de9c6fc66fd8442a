import type { IgfShipment } from '../igf/api/answers.ts';
import { recordIgfFacts } from '../record/link.ts';
import { deliverFingerprint } from '../returns/listing-request.ts';
import { shipmentFact } from '../webhooks/igf/facts.ts';
import { defineAction } from './action.ts';
import { exactlyOnce } from './exactly-once.ts';

export const deliveryRefusedText = (shipmentId: number, reason: string): string =>
  `Delivery refused: ${reason}. Set shipment ${shipmentId} delivered at ItGoesForward: the carrier has delivered it.`;

export const deliver = defineAction<{ shipmentId: number; checkFirst: boolean }>('deliver', {
  call: 'setShipmentDelivered',
  describe: () => 'it would be set delivered',
  run: (context, { shipmentId, checkFirst }) => {
    const { item, dependencies } = context;
    const { shipments } = dependencies.igf;
    const record = (shipment: IgfShipment) => recordIgfFacts(item, [shipmentFact(shipment)], dependencies);
    return exactlyOnce(context, {
      operation: 'deliver',
      request: deliverFingerprint(shipmentId),
      checkFirst,
      find: async () => {
        const shipment = await shipments.get(shipmentId);
        await record(shipment);
        return shipment.status === 'Completed' ? 'delivered' : undefined;
      },
      call: async () => {
        await record(await shipments.setDelivered(shipmentId));
        return 'delivered';
      },
      done: () => ({ setDelivered: shipmentId, refusal: null }),
      refused: ({ message }) => ({ attention: deliveryRefusedText(shipmentId, message) }),
    });
  },
});
