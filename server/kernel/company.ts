/** Who sells: at the foot of every page and every mail, as the law wants it. */
export const COMPANY = {
  name: "Kraftverk Träning AB",
  orgNumber: "559999-0001",
  vatNumber: "SE559999000101",
  address: "Turbingatan 4, 211 19 Malmö",
  email: "hej@kraftverk.test",
} as const;
