import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInvitationLines } from "./invitation-lines.ts";

const read = (text: string) =>
  readInvitationLines(text).map(({ line, email, role, problem }) => `${line} ${email} ${problem ?? role}`);

describe("a list of people to invite", () => {
  test("is one address per line, with or without a role", () => {
    expect(read("anna@example.se\n\nBo@Example.se, admin\ncia@example.se;betalare\ndag@example.se\tÄgare")).toEqual([
      "1 anna@example.se member",
      "3 Bo@Example.se admin",
      "4 cia@example.se billing",
      "5 dag@example.se owner",
    ]);
  });

  test("may have headings, in any order, as a spreadsheet writes them", () => {
    const csv =
      '\uFEFF"Namn";"Roll";"E-post"\r\n"Ek; Anna";"medlem";"anna@example.se"\r\n"B ""Bo"" Berg";;bo@example.se\r\n';
    expect(read(csv)).toEqual(["2 anna@example.se member", "3 bo@example.se member"]);
  });

  test("says which lines cannot be read, and why", () => {
    expect(read("anna\nbo@example\ncia@example.se, boss\n, admin\nan na@example.se\n=cmd()@example.se")).toEqual([
      "1 anna bad_address",
      "2 bo@example bad_address",
      "3 cia@example.se bad_role",
      "4  bad_address",
      "5 an na@example.se bad_address",
      "6 =cmd()@example.se bad_address",
    ]);
  });

  test("whatever it is, no line is lost and no made-up address comes out", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (lines) => {
        const found = readInvitationLines(lines.join("\n"));
        for (const { email, problem } of found) expect(problem !== null || email.includes("@")).toBe(true);
        expect(new Set(found.map(({ line }) => line)).size).toBe(found.length);
      }),
    );
  });
});
