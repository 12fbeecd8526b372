import type { Config } from "./config.ts";

/** Who sells: at the foot of every page and on every mail and receipt, as the law wants it. */
export type Company = {
  readonly name: string;
  readonly orgNumber: string;
  readonly vatNumber: string;
  readonly address: string;
  readonly email: string;
};

export function companyOf(config: Config): Company {
  return {
    name: config.COMPANY_NAME,
    orgNumber: config.COMPANY_ORG_NUMBER,
    vatNumber: config.COMPANY_VAT_NUMBER,
    address: config.COMPANY_ADDRESS,
    email: config.COMPANY_EMAIL,
  };
}
