import { expect, it } from "vitest";
import { menuPlace } from "./menu-place.ts";

it("puts the pages of an organization's plan under the plan, and everything else where its address is", () => {
  const page = "/account/membership/sub_1/cancel";
  expect(menuPlace(page, { life: { organizationId: "org_1" } })).toBe("/account/plan");
  expect(menuPlace(page, { life: { organizationId: null } })).toBe(page);
  expect(menuPlace(page, undefined)).toBe(page);
  expect(menuPlace("/account/billing", { life: { organizationId: "org_1" } })).toBe("/account/billing");
});
