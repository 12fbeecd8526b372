import type { Rehearsal } from "./rehearse-event.ts";

/** Finds out what a replay would do, with rights that the web process itself does not have, and without doing it. */
export type Rehearsals = {
  rehearse(eventId: string, requestId: string): Promise<Rehearsal>;
};
