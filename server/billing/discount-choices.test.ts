import { expect, it } from "vitest";
import { untilClearOfBills } from "./discount-choices.ts";

const billedAt = new Date("2026-05-31T10:00:00Z");
const wait = (now: string) => untilClearOfBills(billedAt, new Date(now));

it.each([
  ["2026-04-30T10:00:00.000Z", 1500, "with the second of a bill of another month"],
  ["2026-05-04T10:00:00.999Z", 501, "at its end: a week's bill may come on any day"],
  ["2026-06-30T09:59:59.500Z", 2000, "just before it, where the provider's clock may be there already"],
  ["2026-06-30T10:00:01.400Z", 100, "just after it, where the provider's clock may not have left it"],
  ["2026-06-30T10:00:01.500Z", 0, "clear of it"],
  ["2026-04-30T09:59:59.499Z", 0, "clear before it"],
])("money off given at %s waits %i ms: %s", (now, ms) => expect(wait(now)).toBe(ms));

it("waits for nothing where no bill is to come", () => expect(untilClearOfBills(null, billedAt)).toBe(0));
