import type { AppLoadContext } from "@remix-run/node";

type Caller = AppLoadContext["caller"];
export type OfficeProduct = Awaited<ReturnType<Caller["products"]["get"]>>;
export type ProductStock = Awaited<ReturnType<Caller["inventory"]["ofProduct"]>>;
export type Movement = Awaited<ReturnType<Caller["inventory"]["movements"]>>["items"][number];
