import type { Reactions } from "./kernel/event.ts";

/** The choreography on one screen: what follows which event. Each consequence is a job of its own, retried alone. */
export const reactions: Reactions = {};
