import type { BridgeTable } from '../../../lib/table/bridge-table.ts';
import type { Mapping } from '../../../lib/table/term-mappings.ts';
import { linkContract } from './table-links.ts';
import { noteContract } from './table-notes.ts';
import { orderContract } from './table-orders.ts';

/** An empty table, and how an operator maps a term in it. */
export interface TableUnderTest {
  table: BridgeTable;
  map(mapping: Mapping): Promise<unknown>;
}

/** What every table must do. The table in DynamoDB and the table in memory both run it. */
export function tableContract(make: () => Promise<TableUnderTest>): void {
  let under: TableUnderTest;
  beforeEach(async () => {
    under = await make();
  });
  const table = () => under.table;
  orderContract(table);
  linkContract(table);
  noteContract(table, (mapping) => under.map(mapping));
}
