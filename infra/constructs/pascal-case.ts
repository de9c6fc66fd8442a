/** `stock-hub/v1/rma` → `StockHubV1Rma`: a name that CloudFormation takes and a person recognises. */
export const pascalCase = (name: string): string =>
  name
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
