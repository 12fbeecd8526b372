import { z } from "zod";

const line = (most: number) => z.string().trim().min(1).max(most);
/** Empty: there is none. */
const maybe = (most: number) => z.string().trim().max(most).default("");

/** Who sells: what a receipt, a mail and the foot of a page say. */
export const companyInput = z.object({
  name: line(120),
  orgNumber: line(40),
  vatNumber: line(40),
  address: line(200),
  email: z.string().trim().max(200).pipe(z.email()),
  phone: maybe(40),
  bank: maybe(80),
  /** The version that was on the page; empty while nobody has written one. Another one meanwhile is shown first. */
  seen: z.string().max(60).default(""),
});
export type CompanyInput = z.output<typeof companyInput>;
export const companyHistoryInput = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
