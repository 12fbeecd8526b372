import type { Company } from "../../server/kernel/company.ts";

/** The demo shop's seller, as the settings have it unset. */
export const testCompany: Company = {
  name: "Kraftverk Träning AB",
  orgNumber: "559999-0001",
  vatNumber: "SE559999000101",
  address: "Turbingatan 4, 211 19 Malmö",
  email: "hej@kraftverk.test",
};
