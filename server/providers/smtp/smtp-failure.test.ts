import { expect, test } from "vitest";
import { smtpFailure } from "./smtp-failure.ts";

const failure = (fields: Record<string, unknown>) =>
  Object.assign(new Error("550 5.1.1 <anna@example.com> unknown"), fields);

test.each([
  ["a refused recipient", { code: "EENVELOPE", responseCode: 550, command: "RCPT TO" }, "rejected"],
  ["refused content", { code: "EMESSAGE", responseCode: 554, command: "DATA" }, "rejected"],
  ["an address that cannot be written", { code: "EENVELOPE", command: "API" }, "rejected"],
  ["greylisting", { code: "EENVELOPE", responseCode: 451, command: "RCPT TO" }, "unavailable"],
  ["a full server", { code: "EMESSAGE", responseCode: 452, command: "DATA" }, "unavailable"],
  ["a wrong password of ours", { code: "EAUTH", responseCode: 535, command: "AUTH PLAIN" }, "unavailable"],
  ["nobody listening", { code: "ESOCKET", syscall: "connect", command: "CONN" }, "unavailable"],
  ["an unknown name", { code: "EDNS", command: "CONN" }, "unavailable"],
  ["a broken handshake", { code: "ETLS", command: "CONN" }, "unavailable"],
  ["a connection that broke", { code: "ECONNECTION", command: "CONN" }, "unknown_outcome"],
  ["a reset while sending", { code: "ESOCKET", syscall: "read", command: "CONN" }, "unknown_outcome"],
  ["silence", { code: "ETIMEDOUT", command: "CONN" }, "unknown_outcome"],
  ["our own deadline", { code: "EABORT" }, "unknown_outcome"],
  ["something else", {}, "unknown_outcome"],
])("%s is %s", (_name, fields, reason) => {
  expect(smtpFailure(failure(fields)).reason).toBe(reason);
});

test("the address that the server repeats stays out of the message", () => {
  expect(smtpFailure(failure({ responseCode: 550 })).message).toBe("the mail server answered 550");
});

test("what is no error at all is uncertain too", () => {
  expect(smtpFailure("gone").reason).toBe("unknown_outcome");
});
