import { tableContract } from '../../support/contracts/table.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';

tableContract(async () => {
  const table = inMemoryTable();
  return { table, map: async (mapping) => table.mappings.push(mapping) };
});
