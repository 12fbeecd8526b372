import type { Clock } from "../clock.ts";
import { Faults } from "../control/faults.ts";
import { RateLimit } from "../control/rate-limit.ts";
import { Mailbox } from "../mailbox/store.ts";
import type { Published } from "../shapes/published.ts";
import type { Collection, Stored } from "../store/collection.ts";
import type { Database } from "../store/database.ts";
import { DueList } from "../store/due-list.ts";
import { EventLog } from "../store/event-log.ts";
import { type Collections, openCollections } from "./collections.ts";
import type { Unit } from "./unit.ts";
import type { Event } from "./wire.ts";

export type { CardRecord, Made } from "./collections.ts";
export { idOf } from "./id-of.ts";

/** Everything this stand-in account holds. */
export interface World extends Collections {
  database: Database;
  clock: Clock;
  due: DueList;
  /** What goes wrong on purpose. */
  faults: Faults;
  /** How many calls a second takes. */
  rateLimit: RateLimit;
  /** Where letters to customers go. */
  mailbox: Mailbox;
  merchantName: string;
  /** What the provider publishes of its API. */
  published: Published;
  /** Whether every answer and event is held against that. */
  checksAnswers: boolean;
  /** Where ids come from; undefined for plain randomness. */
  randomness: (() => number) | undefined;
  /** Base of the hosted pages' addresses; set when the port is known. */
  publicUrl: string;
  /** What follows from a piece of work, whatever it was; done with it or not at all. */
  afterWork: ((unit: Unit) => void)[];
  events: EventLog<Event>;
}

/** What the account is told about itself. */
export type Account = Pick<World, "merchantName" | "published" | "checksAnswers" | "randomness">;

export function openWorld(database: Database, clock: Clock, account: Account): World {
  const collections = openCollections(database);
  return {
    database,
    clock,
    due: new DueList(database),
    faults: new Faults(database),
    rateLimit: new RateLimit(database),
    mailbox: new Mailbox(database),
    ...account,
    publicUrl: "",
    afterWork: [],
    ...collections,
    events: new EventLog<Event>(database, Object.values<unknown>(collections) as Collection<Stored>[]),
  };
}
