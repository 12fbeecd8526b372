import { expect, test } from "vitest";
import { databaseAway, isDatabaseAway } from "./database-away.ts";
import { DomainError, ProviderError } from "./errors.ts";

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

test.each([
  ["a refused connection", coded("ECONNREFUSED"), true],
  ["one that is cut", coded("CONNECTION_CLOSED"), true],
  ["PostgreSQL stopping", coded("57P01"), true],
  ["PostgreSQL starting", coded("57P03"), true],
  ["no room for another connection", coded("53300"), true],
  ["a socket that is not there", coded("ENOENT", { syscall: "connect" }), true],
  ["one of them within another error", new Error("query failed", { cause: coded("CONNECT_TIMEOUT") }), true],
  ["what callers are told of it", databaseAway(), true],
  ["a file that is not there", coded("ENOENT", { syscall: "open" }), false],
  ["a connection that was reset", coded("ECONNRESET", { syscall: "read" }), true],
  ["a caller who hung up", coded("ECONNRESET"), false],
  ["a statement that takes too long", coded("57014"), false],
  ["a row that is there already", coded("23505"), false],
  ["a refusal", new DomainError("shop.no", "conflict", "No.", {}), false],
  [
    "a provider that is away",
    new ProviderError("stripe", "unavailable", "It is away.", { cause: coded("ECONNREFUSED") }),
    false,
  ],
  ["no error at all", "ECONNREFUSED", false],
])("%s", (_what, error, away) => expect(isDatabaseAway(error)).toBe(away));
