import type { Sweep } from "./kernel/sweep.ts";
import { sweep as messagingSweep } from "./messaging/index.ts";
import { sweep as pricingSweep } from "./pricing/index.ts";

/** Everything that falls due by business time. */
export const sweeps: readonly Sweep[] = [messagingSweep, pricingSweep];
