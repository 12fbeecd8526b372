import type { Advance } from "../../control/advance.ts";
import type { World } from "../world.ts";
import { performDue } from "./due-work.ts";

const everyMs = 1_000;

/** While nobody moves the clock, time passes by itself, and what falls due happens. */
export function startTicking(world: World, advance: Advance, wake: () => void): { stop(): void } {
  const timer = setInterval(() => {
    if (advance.running) return;
    try {
      performDue(world);
      wake();
    } catch (error) {
      console.error(error);
    }
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
