import { importState, type StateCopy } from "../store/copy.ts";
import { deliveriesOf, enqueueDelivery } from "../stripe/delivery/queue.ts";
import type { Event } from "../stripe/wire.ts";
import { AdvanceRefused } from "./advance.ts";
import type { Bench } from "./server.ts";

/** Back to the first day: no objects, no mail, no faults, real time; the configured endpoint and the seed return. */
export async function reset(bench: Bench): Promise<{ productTold: boolean }> {
  const { world, log, advance, deliverer, prepare } = bench;
  if (advance.running) throw new AdvanceRefused("busy", "The clock is on its way; reset when it has arrived.");
  deliverer.hold();
  try {
    world.database.clear();
    deliverer.forget();
    world.clock.reset();
    log.clear();
    prepare();
    return { productTold: await advance.tellReset() };
  } finally {
    deliverer.resume();
  }
}

/** Puts an exported state in place of everything here. The configured endpoint gets this sandbox's own secret again. */
export function takeOver(bench: Bench, copy: StateCopy): void {
  const { world, log, advance, deliverer, prepare } = bench;
  if (advance.running) throw new AdvanceRefused("busy", "The clock is on its way; import when it has arrived.");
  deliverer.hold();
  try {
    importState(world.database, copy);
    deliverer.forget();
    world.clock.reload();
    log.clear();
    prepare();
  } finally {
    deliverer.resume();
  }
}

/** Sends an event once more to every endpoint that got it, or to all when none did; returns how many. */
export function redeliver(bench: Bench, event: Event): number {
  const { world, deliverer } = bench;
  const receivers = new Set(deliveriesOf(world, event.id).map((one) => one.endpointId));
  const endpoints = world.endpoints.all().filter((one) => receivers.size === 0 || receivers.has(one.id));
  world.database.unit(() => {
    for (const endpoint of endpoints) enqueueDelivery(world, event.id, endpoint.id, event.type);
  });
  deliverer.wake();
  return endpoints.length;
}
