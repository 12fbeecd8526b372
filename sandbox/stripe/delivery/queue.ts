import type { Unit } from "../unit.ts";
import type { Event } from "../wire.ts";
import type { World } from "../world.ts";
import { observedDelay } from "./observed-order.ts";

export type DeliveryState = "pending" | "delivered" | "failed" | "dropped";

export interface Delivery {
  id: number;
  eventId: string;
  endpointId: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  /** Milliseconds on the sandbox clock. */
  nextAt: number;
}

/** Seconds on the sandbox clock between tries: soon at first, in case the receiver is restarting, then over three days. */
const pauses = [1, 5, 30, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200];

/** When to try again after that many attempts; undefined when it is given up. */
export function nextTry(attempts: number, now: number): number | undefined {
  const pause = pauses[attempts - 1];
  return pause === undefined ? undefined : now + pause * 1000;
}

function fromRow(row: Record<string, unknown>): Delivery {
  return {
    id: Number(row.id),
    eventId: String(row.event_id),
    endpointId: String(row.endpoint_id),
    type: String(row.type),
    state: String(row.state) as DeliveryState,
    attempts: Number(row.attempts),
    nextAt: Number(row.next_at),
  };
}

/** One delivery per enabled endpoint that listens to the type; returns how many. */
export function enqueueDeliveries(unit: Unit, eventId: string, type: string): number {
  const listening = unit.world.endpoints
    .all()
    .filter(
      (one) => one.status === "enabled" && one.enabled_events.some((wanted) => wanted === "*" || wanted === type),
    );
  for (const endpoint of listening) enqueueDelivery(unit.world, eventId, endpoint.id, type);
  return listening.length;
}

export function enqueueDelivery(world: World, eventId: string, endpointId: string, type: string): void {
  const late = world.faults.get().webhooks.order === "observed" ? observedDelay(type, eventId) : 0;
  world.database
    .sql(
      `insert into deliveries (event_id, endpoint_id, type, state, attempts, next_at) values (?, ?, ?, 'pending', 0, ?)`,
    )
    .run(eventId, endpointId, type, Math.floor(world.clock.now()) + late);
}

/** Deliveries whose time has come, oldest first. */
export function dueDeliveries(world: World, limit: number): Delivery[] {
  return world.database
    .sql(`select * from deliveries where state = 'pending' and next_at <= ? order by next_at, id limit ?`)
    .all(Math.floor(world.clock.now()), limit)
    .map(fromRow);
}

/** The instant of the next delivery that waits for its time, if any; what is due already is on its way. */
export function nextDeliveryAt(world: World): number | undefined {
  const row = world.database
    .sql("select next_at from deliveries where state = 'pending' and next_at > ? order by next_at limit 1")
    .get(Math.floor(world.clock.now()));
  return row && Number(row.next_at);
}

/** Deliveries that wait for their time, soonest first. */
export function waitingDeliveries(world: World, limit: number): Delivery[] {
  return world.database
    .sql("select * from deliveries where state = 'pending' and next_at > ? order by next_at, id limit ?")
    .all(Math.floor(world.clock.now()), limit)
    .map(fromRow);
}

export function pendingDeliveries(world: World): number {
  return Number(world.database.sql("select count(*) as n from deliveries where state = 'pending'").get()?.n);
}

export function deliveriesOf(world: World, eventId: string): Delivery[] {
  return world.database.sql("select * from deliveries where event_id = ? order by id").all(eventId).map(fromRow);
}

/** An event as it is told now: how many endpoints have not taken it yet is counted, not stored. */
export function eventNow(world: World, event: Event): Event {
  const pending = deliveriesOf(world, event.id).filter((one) => one.state === "pending").length;
  return { ...event, pending_webhooks: pending };
}

export interface Attempt {
  at: number;
  outcome: string;
  status: number | null;
  detail: string;
  milliseconds: number;
}

export function attemptsOf(world: World, deliveryId: number): Attempt[] {
  const rows = world.database.sql("select * from delivery_attempts where delivery_id = ? order by id").all(deliveryId);
  return rows.map((row) => ({
    at: Number(row.at),
    outcome: String(row.outcome),
    status: row.status === null ? null : Number(row.status),
    detail: String(row.detail),
    milliseconds: Number(row.milliseconds),
  }));
}

export interface Settled {
  delivery: Delivery;
  attempt: Attempt;
  state: DeliveryState;
  nextAt: number;
}

/** Writes down how tries went and what becomes of their deliveries, all at once. */
export function settleAttempts(world: World, settled: readonly Settled[]): void {
  world.database.unit(() => {
    for (const { delivery, attempt, state, nextAt } of settled) {
      world.database
        .sql(
          "insert into delivery_attempts (delivery_id, at, outcome, status, detail, milliseconds) values (?, ?, ?, ?, ?, ?)",
        )
        .run(delivery.id, attempt.at, attempt.outcome, attempt.status, attempt.detail, attempt.milliseconds);
      world.database
        .sql("update deliveries set state = ?, attempts = attempts + 1, next_at = ? where id = ?")
        .run(state, nextAt, delivery.id);
    }
  });
}
