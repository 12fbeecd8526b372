import { actorOf } from "../../server/http/request-context.ts";
import { hashToken } from "../../server/kernel/id.ts";
import type { RequestCtx, Session } from "../../server/trpc/context.ts";
import { createCaller } from "../../server/trpc/router.ts";
import type { Runtime } from "../../server/wire.ts";
import { listedOnly } from "./output-properties.ts";

export const CARDS = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  noFunds: "4000 0000 0000 9995",
  approval: "4000 0027 6000 3184",
} as const;

/** A browser: its cart token and whoever is signed in, calling the same procedures as the pages do. */
export type TestBrowser = {
  readonly caller: ReturnType<typeof createCaller>;
  cartToken: string | null;
};

/** Those who buy in a shop that is tried: accounts, browsers, and somebody who fills in the hosted page. */
export function shopPeople(runtime: Runtime) {
  const { sql } = runtime.service;

  function browser(
    options: { session?: Session; locale?: "sv" | "en"; ip?: string; idempotencyKey?: string } = {},
  ): TestBrowser {
    const state: { cartToken: string | null } = { cartToken: null };
    const context = (): RequestCtx => {
      const tokens = state.cartToken ? [hashToken(state.cartToken)] : [];
      return {
        ...runtime.ctx(actorOf(options.session ?? null, tokens), "test"),
        session: options.session ?? null,
        browser: {
          ip: options.ip ?? "203.0.113.7",
          userAgent: "test",
          locale: options.locale ?? "sv",
          cartToken: state.cartToken,
          idempotencyKey: options.idempotencyKey ?? null,
          secondStepToken: null,
          retryAfter: () => {},
          knownDevice: null,
          setSecondStep: () => {},
          clearSecondStep: () => {},
          setKnownDevice: () => {},
          setSession: () => {},
          clearSession: () => {},
          setCartToken: (token) => {
            state.cartToken = token;
          },
        },
      };
    };
    return {
      get caller() {
        return listedOnly(createCaller(context()));
      },
      get cartToken() {
        return state.cartToken;
      },
      set cartToken(token) {
        state.cartToken = token;
      },
    };
  }

  /** Somebody with an account, signed in. */
  async function member(email: string): Promise<Session> {
    const tag = hashToken(email).slice(0, 8);
    const [userId, customerId, at] = [`usr_${tag}`, `cus_${tag}`, new Date().toISOString()];
    await sql`insert into users (id, email, email_normalized, email_verified_at, password_hash, locale, created_at)
      values (${userId}, ${email}, ${email}, ${at}, '-', 'sv', ${at})`;
    await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
      values (${customerId}, ${userId}, ${email}, ${email}, 'sv', ${at})`;
    const proven = { authenticatedAt: new Date(), secondFactor: false, staffLocked: false, impersonation: null };
    const rest = { name: null, emailVerified: true, locale: "sv" as const, staffRole: null, ...proven };
    return { id: `ses_${tag}`, userId, customerId, email, ...rest };
  }

  /** Fills in the hosted page as a buyer does, and goes through the bank's page when there is one. Where it ends. */
  async function pay(
    url: string,
    options: { card?: string; email?: string; approve?: "complete" | "fail"; country?: string } = {},
  ): Promise<{ returnedTo: string | null; page: string }> {
    const form = {
      ...{ email: options.email ?? "kund@example.se", cardNumber: options.card ?? CARDS.good, cardExpiry: "12 / 34" },
      ...{ cardCvc: "123", billingName: "Kim Karlsson", billingCountry: options.country ?? "SE" },
      ...{ shippingName: "Kim Karlsson", shippingLine1: "Storgatan 1", shippingPostalCode: "211 42" },
      ...{ shippingCity: "Malmö", shippingCountry: options.country ?? "SE" },
    };
    let answer = await post(url, form);
    const location = answer.headers.get("location");
    if (location?.endsWith("/approve"))
      answer = await post(new URL(location, url).href, { answer: options.approve ?? "complete" });
    const page = await answer.text();
    return { returnedTo: answer.status === 303 ? answer.headers.get("location") : null, page };
  }

  return { browser, member, pay };
}

function post(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
}
