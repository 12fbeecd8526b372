import type { StaffRole } from "../kernel/actor.ts";
import { createCaller } from "../trpc/router.ts";
import type { RequestState } from "./request-context.ts";

/**
 * All that the frame around every page shows of who looks at it: no name and no address, unless staff look as that
 * customer. Two visitors of the same standing see the same frame.
 */
export type Standing = {
  readonly viewer: {
    readonly kind: "anonymous" | "customer" | "staff";
    readonly role: StaffRole | null;
    readonly seenByStaff: { readonly email: string; readonly until: string } | null;
  };
  readonly cartCount: number;
};

/** The standing of who sent a request. A cart that cannot be counted is reported and shown as empty: no page is lost for it. */
export async function standingOf(
  { ctx }: Pick<RequestState, "ctx">,
  reportError: (error: unknown) => void,
): Promise<Standing> {
  const cartCount = await createCaller(ctx)
    .checkout.cart.count()
    .catch((error: unknown) => {
      reportError(error);
      return 0;
    });
  const { session } = ctx;
  const kind = session === null ? "anonymous" : session.staffRole ? "staff" : "customer";
  const seenByStaff = session?.impersonation
    ? { email: session.email, until: session.impersonation.until.toISOString() }
    : null;
  return { viewer: { kind, role: session?.staffRole ?? null, seenByStaff }, cartCount };
}
