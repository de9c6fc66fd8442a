import { listed } from './listed.ts';
import { logged } from './workplace.ts';

logged();

test('a return keeps what was decided, and what the call led to', async () => {
  const { item, iso } = await listed();

  const at = iso().slice(0, 19);
  expect(item().decisions).toEqual([`${at}Z Listing list`, `${at}Z Listed list`]);
});
