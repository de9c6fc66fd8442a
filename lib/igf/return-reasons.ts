/** Why a customer returns an article: the closed list of IGF's `returnReason`. */
export const returnReasons = [
  'color',
  'too_small',
  'too_big',
  'broken',
  'style',
  'not_what_expected',
  'changed_my_mind',
  'other_good_condition',
  'other_bad_condition',
  'no_reason',
  'wrong_item',
] as const;
export type ReturnReason = (typeof returnReasons)[number];
