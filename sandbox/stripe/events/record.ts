import { newId } from "../../ids.ts";
import { checkEvent } from "../../shapes/check-answers.ts";
import { enqueueDeliveries } from "../delivery/queue.ts";
import { withFirstLines } from "../invoices/first-lines.ts";
import type { Unit } from "../unit.ts";
import { apiVersion, type Event } from "../wire.ts";
import { idOf } from "../world.ts";

/** Writes down that something happened, with the object as it is now, and queues it for every endpoint that listens. */
export function recordEvent(unit: Unit, type: string, whole: object, previous?: object): Event {
  const { world } = unit;
  const object = withFirstLines(whole);
  if (world.checksAnswers) checkEvent(world.published, type, object);
  if (type.startsWith("customer.subscription."))
    unit.spokenOf.add(idOf((object as { customer?: string }).customer) ?? "");
  const id = newId("evt");
  const event: Event = {
    id,
    object: "event",
    api_version: apiVersion,
    created: unit.now,
    data: previous === undefined ? { object } : { object, previous_attributes: previous },
    livemode: false,
    pending_webhooks: enqueueDeliveries(unit, id, type),
    request: unit.cause,
    type,
  };
  return world.events.append(event, event.pending_webhooks > 0);
}
