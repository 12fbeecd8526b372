import { expect, it } from "vitest";
import { nextCheckAt } from "./check-schedule.ts";

const createdAt = new Date("2026-11-20T10:00:00Z");
const expiresAt = new Date("2026-11-20T10:35:00Z");
const minutes = (n: number) => new Date(createdAt.getTime() + n * 60_000);

it("an open page is looked at after 2, 4, 8, 16 and 32 minutes and right after it expired", () => {
  const looks: number[] = [];
  let now = createdAt;
  for (let i = 0; i < 6; i++) {
    const next = nextCheckAt({ status: "open", createdAt, expiresAt }, now)!;
    looks.push((next.getTime() - createdAt.getTime()) / 60_000);
    now = next;
  }
  expect(looks).toEqual([2, 4, 8, 16, 32, 36]);
});

it("a page that the provider still calls open after its end is asked about until it says otherwise", () => {
  expect(nextCheckAt({ status: "open", createdAt, expiresAt }, minutes(40))).toEqual(minutes(45));
});

it.each(["created", "unknown"])("a %s call is repeated after a minute", (status) => {
  expect(nextCheckAt({ status, createdAt, expiresAt }, minutes(3))).toEqual(minutes(4));
});

it.each(["completed", "expired", "failed"])("nothing is looked at any more once it is %s", (status) => {
  expect(nextCheckAt({ status, createdAt, expiresAt }, createdAt)).toBeNull();
});
