/** What the end of a trial brings when no card has come by then. */
export type WithoutCard = "cancel" | "pause" | "create_invoice" | null;

/** An amount in minor units of a currency. */
export type Amount = { readonly amount: number; readonly currency: string };
export type Interval = { readonly unit: "day" | "week" | "month" | "year"; readonly count: number };
export type Card = { readonly brand: string; readonly last4: string };

/** Why a bank said no, in the classes that customers are told. */
export type DeclineClass = "funds" | "expired" | "number" | "cvc" | "approval" | "blocked" | "generic" | "technical";
