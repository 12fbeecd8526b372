import { describe, expect, it } from "vitest";
import { type Endpoint, planEndpoint } from "./endpoint-plan.ts";

const wanted = {
  url: "https://shop.test/api/webhooks/stripe",
  eventTypes: ["a.b", "c.d"],
  apiVersion: "2026-10-28.endive",
};
const there: Endpoint = { id: "we_1", ...wanted, enabled: true };

describe("the webhook endpoint", () => {
  it.each<[string, Endpoint[], object]>([
    ["none", [], { act: "create" }],
    ["another shop's", [{ ...there, url: "https://other.test/" }], { act: "create" }],
    ["the same", [there], { act: "none" }],
    ["in another order", [{ ...there, eventTypes: ["c.d", "a.b"] }], { act: "none" }],
    ["of too few types", [{ ...there, eventTypes: ["a.b"] }], { act: "update", id: "we_1", detail: "+ c.d" }],
    ["of all types", [{ ...there, eventTypes: ["*"] }], { act: "update", detail: "- *, + a.b, + c.d" }],
    ["switched off", [{ ...there, enabled: false }], { act: "update", detail: "switch on" }],
    ["of another version", [{ ...there, apiVersion: "2020-08-27" }], { act: "stuck", id: "we_1" }],
  ])("%s", (_name, found, plan) => {
    expect(planEndpoint(found, wanted)).toMatchObject(plan);
  });
});
