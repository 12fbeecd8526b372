import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { readableLine } from "./log-line.ts";

const plain = (source: string, entry: object | string) =>
  stripVTControlCharacters(readableLine(source, typeof entry === "string" ? entry : JSON.stringify(entry)));
const time = "2026-11-21T14:02:03.456Z";

describe("a line of the log on the terminal", () => {
  it("has time, process, level and message, then what else there is", () => {
    const msg = "🎯 Using campaign price price_TEST123 for product test-kund";
    expect(plain("web", { level: "info", time, process: "web", msg, requestId: "req_1", campaignId: "spring" })).toBe(
      `14:02:03 web     info  ${msg} campaignId=spring`,
    );
  });

  it("tells why something failed: bugs with their stack, refusals in a sentence", () => {
    const err = { message: "no such table", stack: "Error: no such table\n    at query" };
    expect(plain("worker", { level: "error", time, msg: "failed", err })).toContain("at query");
    expect(plain("worker", { level: "warn", time, msg: "refused", err })).toMatch(/refused\n +no such table$/);
  });

  it("lets through what is not a log line", () => {
    expect(plain("web", "Segmentation fault")).toMatch(/web +Segmentation fault$/);
    expect(plain("web", "{not json")).toMatch(/\{not json$/);
  });
});
