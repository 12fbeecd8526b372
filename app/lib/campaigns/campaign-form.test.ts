import { describe, expect, it } from "vitest";
import { campaignForm, parseCampaignForm, readCampaignForm } from "./campaign-form.server.ts";

const typed = (given: Record<string, string | string[]> = {}) => {
  const form = new FormData();
  const fields = {
    ...{ name: "November", startAt: "2026-11-01T00:00", endAt: "", durationMonths: "", product: ["gym"] },
    ...{ priceProduct: ["", ""], priceCurrency: ["SEK", "SEK"], priceSlot: ["month:1", "once"] },
    ...{ priceAmount: ["1 249,50", ""], priceStripe: ["", ""] },
    ...given,
  };
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value);
  return readCampaignForm(form);
};

describe("the campaign form", () => {
  it("reads amounts and moments as they are written in Sweden, and leaves empty lines out", () => {
    expect(parseCampaignForm(typed())).toEqual({
      faults: [],
      content: {
        ...{ name: "November", startAt: "2026-10-31T23:00:00.000Z", endAt: null, durationMonths: null },
        productIds: ["gym"],
        prices: [
          {
            ...{ productId: null, currency: "SEK", interval: "month", intervalCount: 1 },
            ...{ stripePriceId: null, amount: 124_950 },
          },
        ],
      },
    });
  });

  it("comes back as it was written", () => {
    const { content } = parseCampaignForm(typed());
    if (!content) throw new Error("it could not be read");
    expect(campaignForm(content)).toEqual({
      ...typed(),
      prices: [{ ...typed().prices[0], amount: "1249,50" }],
    });
  });

  it.each([
    ["price-0", { priceAmount: ["about 100", ""] }],
    ["price-0", { priceAmount: ["-5", ""] }],
    ["price-0", { priceAmount: ["1,999", ""] }],
    ["startAt", { startAt: "soon" }],
    ["durationMonths", { durationMonths: "0" }],
  ])("says that %s cannot be read", (field, given) => {
    const { content, faults } = parseCampaignForm(typed(given));
    expect(content).toBeNull();
    expect(faults).toMatchObject([{ field }]);
  });
});
