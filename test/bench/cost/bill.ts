import { type PriceName, prices, type Region } from './prices.ts';

/** One part of a bill: how much of what. */
export interface Part {
  readonly name: string;
  readonly price: PriceName;
  readonly quantity: number;
}

/** In USD. */
export const costOf = ({ price, quantity }: Omit<Part, 'name'>, region: Region): number =>
  (quantity * prices[price][region]) / prices[price].per;

export const sumOf = (parts: readonly Part[], region: Region): number =>
  parts.reduce((sum, part) => sum + costOf(part, region), 0);

/** The parts as they are billed in an account that has nothing else. Parts of one price share what is free of it. */
export function withoutFree(parts: readonly Part[]): Part[] {
  const left = new Map<PriceName, number>();
  return parts.map((part) => {
    const price: { readonly free?: number } = prices[part.price];
    const free = left.get(part.price) ?? price.free ?? 0;
    const used = Math.min(free, part.quantity);
    left.set(part.price, free - used);
    return { ...part, quantity: part.quantity - used };
  });
}

export const largestFirst = (parts: readonly Part[], region: Region): Part[] =>
  parts.toSorted((one, other) => costOf(other, region) - costOf(one, region));
