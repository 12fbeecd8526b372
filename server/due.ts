import type { Sweep } from "./kernel/sweep.ts";

/** Everything that falls due by business time. */
export const sweeps: readonly Sweep[] = [];
