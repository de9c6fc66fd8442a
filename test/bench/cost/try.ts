import { startCountedBridge } from '../counted-bridge.ts';
import { CountedLife, mixedLives, subscribe } from './mix.ts';
import { noUsage, plus, usageOf, withWebhooks } from './usage.ts';

await using open = new AsyncDisposableStack();
const bridge = await startCountedBridge(open);
await subscribe(bridge);
let mix = noUsage,
  dup = noUsage;
for (const [i, life] of [...mixedLives.slice(0, 1), mixedLives[12]!, ...mixedLives].entries()) {
  const one = new CountedLife(bridge, String(1000 + i).padStart(9, '0'));
  await bridge.take();
  await one.live(life.happenings);
  const u = usageOf(await bridge.take());
  await one.repeat();
  const d = usageOf(await bridge.take());
  if (i < 2) continue;
  console.log(life.what, JSON.stringify(u));
  mix = plus(mix, u, life.orders);
  dup = plus(dup, d, life.orders);
}
console.log('mix per webhook', withWebhooks(mix, 1), mix.webhooks / 200);
console.log('dup per webhook', withWebhooks(dup, 1));
