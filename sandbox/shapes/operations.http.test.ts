import { describe, expect, it } from "vitest";
import { operations } from "../stripe/api/routes.ts";
import { loadPublished } from "./load.ts";

/** There at the provider, though the client has no method for it. */
const withoutMethod = new Set(["GET /v1/charges/:id/refunds"]);

describe("the operations here", () => {
  it("are the provider's, and take no parameter that it does not", async () => {
    const published = await loadPublished();
    const wrong: string[] = [];
    for (const { method, path, parameters } of operations) {
      if (withoutMethod.has(`${method} ${path}`)) continue;
      const theirs = published.operation(method, path);
      if (!theirs) {
        wrong.push(`${method} ${path}: no such operation`);
        continue;
      }
      const shape = theirs.parameters === null ? undefined : published.resolve(theirs.parameters);
      const known = typeof shape === "object" && "fields" in shape ? Object.keys(shape.fields) : [];
      for (const name of parameters) if (!known.includes(name)) wrong.push(`${method} ${path} invents ${name}`);
    }
    expect(wrong).toEqual([]);
  });

  it("are told from those that are not there and from addresses that nobody has", async () => {
    const published = await loadPublished();
    expect(published.has("POST", "/v1/tax_rates")).toBe(true);
    expect(published.has("GET", "/v1/customers/search")).toBe(true);
    expect(published.has("GET", "/v1/nonsense")).toBe(false);
    expect(published.has("DELETE", "/v1/refunds/re_1")).toBe(false);
  });
});
