type Fields = Record<string, unknown>;

/** Equal as stored: the order of fields aside, unknown fields aside. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isEqual((one as Fields)[key], (other as Fields)[key]));
}
