import { describe, expect, it } from "vitest";
import type { Refusal } from "./refusal.ts";
import { formErrors, refusalText } from "./refusal-text.ts";

const refusal = (code: string, over: Partial<Refusal> = {}): Refusal => ({
  kind: "invalid",
  code,
  details: {},
  ...over,
});

describe("a refusal in words", () => {
  it("says exactly what is wrong where it knows", () => {
    expect(refusalText(refusal("identity.weak_password", { details: { problem: "common" } }), "en")).toBe(
      "The password is one of the most common. Choose another one.",
    );
    expect(refusalText(refusal("identity.weak_password", { details: { problem: "new" } }), "sv")).toBe(
      "Lösenordet är för lätt att gissa. Välj ett annat.",
    );
  });

  it("says days in the reader's words", () => {
    const booked = refusal("subscriptions.campaign_end_booked", { details: { endsAt: "2027-03-05T12:00:00.000Z" } });
    expect(refusalText(booked, "sv")).toBe("Kampanjpriset gäller till 5 mars 2027. Färre går att välja efter det.");
    expect(refusalText(booked, "en")).toContain("until 5 March 2027");
  });

  it("falls back to its kind, never to the server's English", () => {
    expect(refusalText(refusal("orders.odd", { kind: "conflict" }), "sv")).toMatch(/^Någon annan har ändrat/);
    expect(refusalText(refusal("orders.odd"), "sv")).toBe("Uppgifterna sparades inte. Försök igen.");
  });

  it("stands at its field where it has one", () => {
    expect(formErrors(refusal("identity.wrong_password"), "sv")).toHaveProperty("fieldErrors.password");
    expect(formErrors(refusal("x.y", { details: { field: "name" } }), "sv")).toHaveProperty("fieldErrors.name");
    expect(formErrors(refusal("identity.link_invalid"), "sv")).toHaveProperty("formErrors");
  });
});
