import { type groups, type ListedOperation, operations } from '../../lib/igf/operations.ts';

const headings: Record<keyof typeof groups, string> = {
  listings: 'Listings',
  orders: 'Orders',
  shipments: 'Shipments',
  customers: 'Customer',
  warehouses: 'Warehouse',
  webhooks: 'Webhooks',
  info: 'Info',
  tenant: 'Tenant',
  retailer: 'Retailer',
  carrierContracts: 'Carrier Contracts',
  discounts: 'Discount',
  returns: 'Regular Returns',
};

const row = (operation: ListedOperation): string =>
  `| ${[
    operation.number,
    operation.title,
    `\`${operation.method} ${operation.path}\``,
    operation.evidence,
    `\`${operation.name}\``,
    operation.methods.map((method) => `\`igf.${method}\``).join(', '),
  ].join(' | ')} |`;

const tableHead =
  "| # | vendor's title | method and path | source | name | in the client |\n|---|---|---|---|---|---|";

/** A table of the operations of each group. */
export function igfSections(): string {
  const sections = Object.entries(headings).map(([group, heading]) => {
    const rows = operations.filter((operation) => operation.group === group).map(row);
    return `\n## ${heading}\n\n${tableHead}\n${rows.join('\n')}\n`;
  });
  return sections.join('');
}
