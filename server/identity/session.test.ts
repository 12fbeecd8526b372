import { expect, test } from "vitest";
import { accountActor } from "./session.ts";

test("a customer sees what is theirs, and what their browser's tokens open", () => {
  expect(accountActor({ userId: "usr_1", customerId: "cus_1", staffRole: null }, ["hash"])).toEqual({
    kind: "customer",
    userId: "usr_1",
    customerId: "cus_1",
    tokens: ["hash"],
  });
});

test("staff act by their role, with or without purchases of their own", () => {
  expect(accountActor({ userId: "usr_2", customerId: null, staffRole: "support" })).toMatchObject({
    kind: "staff",
    role: "support",
    customerId: null,
  });
});

test("a user without role and customer is a bug, not an anonymous visitor", () => {
  expect(() => accountActor({ userId: "usr_3", customerId: null, staffRole: null })).toThrow(/has a customer/);
});
