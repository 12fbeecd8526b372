import { identityErrors } from "./errors.ts";

export type HashingSlots = { run<T>(work: () => Promise<T>): Promise<T> };

/**
 * Lets `concurrency` pieces of work run at a time and `waiting` more wait, each at most `waitMilliseconds`. Whoever comes
 * later, or waits longer, is refused with `identity.busy`: a burst of sign-ins must not take the process's threads and
 * memory (19 MiB per hash) from everybody else.
 */
export function hashingSlots(settings: {
  concurrency: number;
  waiting: number;
  waitMilliseconds: number;
}): HashingSlots {
  let running = 0;
  const queue: { start(): void }[] = [];

  const leave = () => {
    running--;
    queue.shift()?.start();
  };
  const enter = () =>
    new Promise<void>((resolve, reject) => {
      if (running < settings.concurrency) {
        running++;
        return resolve();
      }
      if (queue.length >= settings.waiting) return reject(identityErrors.busy());
      const place = {
        start() {
          clearTimeout(timer);
          running++;
          resolve();
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(place), 1);
        reject(identityErrors.busy());
      }, settings.waitMilliseconds);
      queue.push(place);
    });

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
