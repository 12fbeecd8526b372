import { expect, test, vi } from "vitest";
import { hashingSlots } from "./hashing-slots.ts";

function pieces() {
  const done: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const work = () =>
    new Promise<string>((resolve) => {
      running++;
      most = Math.max(most, running);
      done.push(() => {
        running--;
        resolve("done");
      });
    });
  return { work, done, most: () => most };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("R26: runs no more than it may at a time, the others in turn", async () => {
  const slots = hashingSlots({ concurrency: 2, waiting: 10, waitMilliseconds: 1000 });
  const { work, done, most } = pieces();
  const all = Promise.all(Array.from({ length: 6 }, () => slots.run(work)));
  for (let finished = 0; finished < 6; finished++) {
    await settle();
    done[finished]?.();
  }
  expect(await all).toHaveLength(6);
  expect(most()).toBe(2);
});

test("refuses at once when the line is full", async () => {
  const slots = hashingSlots({ concurrency: 1, waiting: 1, waitMilliseconds: 1000 });
  const { work, done } = pieces();
  const first = slots.run(work);
  const second = slots.run(work);
  await expect(slots.run(work)).rejects.toMatchObject({ code: "identity.busy", kind: "rate_limited" });
  await settle();
  done[0]?.();
  await settle();
  done[1]?.();
  await Promise.all([first, second]);
});

test("refuses whoever has waited too long, and lets the next one in", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const slots = hashingSlots({ concurrency: 1, waiting: 5, waitMilliseconds: 100 });
    const { work, done } = pieces();
    const first = slots.run(work);
    const late = expect(slots.run(work)).rejects.toMatchObject({ code: "identity.busy" });
    vi.advanceTimersByTime(101);
    await late;
    const next = slots.run(work);
    await settle();
    done[0]?.();
    await settle();
    done[1]?.();
    await expect(Promise.all([first, next])).resolves.toEqual(["done", "done"]);
  } finally {
    vi.useRealTimers();
  }
});

test("a piece that fails leaves its place", async () => {
  const slots = hashingSlots({ concurrency: 1, waiting: 0, waitMilliseconds: 100 });
  await expect(slots.run(() => Promise.reject(new Error("no memory")))).rejects.toThrow("no memory");
  await expect(slots.run(async () => 1)).resolves.toBe(1);
});
