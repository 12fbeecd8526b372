import { describe, expect, it } from "vitest";
import { cookies } from "./cookies.ts";
import { namingSeller } from "./document.ts";
import { privacy } from "./privacy.ts";
import { terms } from "./terms.ts";

const seller = { name: "Annat Gym AB", address: "Storgatan 1, 111 11 Stockholm", email: "hej@annat.example" };

describe("the pages of text", () => {
  it("name the seller and leave no blank", () => {
    for (const texts of [terms, privacy, cookies]) {
      for (const locale of ["sv", "en"] as const) {
        const text = JSON.stringify(namingSeller(texts[locale], seller).sections);
        expect(text).not.toMatch(/\{\w+\}|kraftverk\.test/);
      }
    }
    expect(JSON.stringify(namingSeller(terms.sv, seller))).toContain("Annat Gym AB, Storgatan 1, 111 11 Stockholm");
  });

  it("tell how to withdraw under the address that every page links to, in both languages", () => {
    for (const text of [terms.sv, terms.en]) expect(text.sections.map((section) => section.id)).toContain("withdrawal");
  });
});
