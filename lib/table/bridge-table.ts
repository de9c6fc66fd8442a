import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type BridgeState, bridgeState } from './bridge-state.ts';
import { type Deliveries, deliveries } from './deliveries.ts';
import { type IgfPointers, igfPointers } from './igf-pointers.ts';
import { type Orders, orderItems } from './orders.ts';
import { type Reservations, reservations } from './reservations.ts';
import { type RetailerItems, retailerItems } from './retailer-item.ts';
import { type ShipmentLinks, shipmentLinks } from './shipment-links.ts';
import { type StoredMappings, storedMappings } from './term-mappings.ts';
import { type UnmappedTerms, unmappedTerms } from './unmapped-terms.ts';

/**
 * The whole table, by intent. Each consumer names the part that it needs. Writes return an outcome, and
 * nothing of DynamoDB leaves this folder.
 */
export interface BridgeTable
  extends Orders,
    Deliveries,
    IgfPointers,
    ShipmentLinks,
    StoredMappings,
    UnmappedTerms,
    Reservations,
    RetailerItems,
    BridgeState {}

export const bridgeTable = (client: DynamoDBDocumentClient, tableName: string): BridgeTable => ({
  ...orderItems(client, tableName),
  ...deliveries(client, tableName),
  ...igfPointers(client, tableName),
  ...shipmentLinks(client, tableName),
  ...storedMappings(client, tableName),
  ...unmappedTerms(client, tableName),
  ...reservations(client, tableName),
  ...retailerItems(client, tableName),
  ...bridgeState(client, tableName),
});
