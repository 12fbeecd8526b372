import { describe, expect, it } from "vitest";
import { type JsonNode, readJson } from "./json-lines.ts";

const branch = (node: JsonNode | null) => {
  if (node?.kind !== "branch") throw new Error("not a branch");
  return node;
};

describe("JSON from outside", () => {
  it("covers secrets by name", () => {
    const root = branch(
      readJson(
        '{"id":"evt_1","client_secret":"abc","api_key":"k","number":"KV-1042","card":{"last4":"4242","number":"4242 4242 4242 4242"}}',
      ),
    );
    const texts = JSON.stringify(root);
    expect(texts).toContain("evt_1");
    expect(texts).toContain("4242");
    expect(texts).toContain("KV-1042");
    expect(texts).not.toContain("4242 4242");
    expect(texts).not.toContain('"\\"abc\\""');
    expect(root.entries.find((entry) => entry.name === "client_secret")?.node).toEqual({
      kind: "leaf",
      text: "••••",
      tone: "masked",
    });
  });

  it("survives depth and size, and says how much it left out", () => {
    const deep = readJson(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    expect(deep).not.toBeNull();
    const wide = branch(readJson(JSON.stringify(Array.from({ length: 5_000 }, (_, index) => index))));
    expect(wide.entries.length + wide.cut).toBe(5_000);
    expect(wide.cut).toBeGreaterThan(0);
  });

  it("is null when it is no JSON", () => {
    expect(readJson("<html>")).toBeNull();
  });
});
