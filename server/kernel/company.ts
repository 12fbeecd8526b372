import type { Config } from "./config.ts";

/** Who sells: at the foot of every page and on every mail and receipt, as the law wants it. */
export type Company = {
  readonly name: string;
  readonly orgNumber: string;
  readonly vatNumber: string;
  readonly address: string;
  readonly email: string;
  /** Where there is one. */
  readonly phone?: string | null;
  /** Where money is paid to by hand, in the owner's words. */
  readonly bank?: string | null;
};

/** Who the environment says it is: it counts until an owner has written it under settings. */
export function companyOf(config: Config): Company {
  return {
    name: config.COMPANY_NAME,
    orgNumber: config.COMPANY_ORG_NUMBER,
    vatNumber: config.COMPANY_VAT_NUMBER,
    address: config.COMPANY_ADDRESS,
    email: config.COMPANY_EMAIL,
  };
}
