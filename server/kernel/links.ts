import { hashToken } from "./id.ts";
import { linkToken } from "./link-token.ts";
import { createSecretBox, SealedByNone } from "./secret-box.ts";

/** A checkout as far as its bearer token goes. Where the secret that made the token is gone, the sealed copy has it. */
export type Minted = {
  readonly id: string;
  readonly accessTokenHash: string;
  readonly accessTokenSealed: string | null;
};
type Invitation = { readonly id: string; readonly tokenHash: string };

/** Addresses of the shop, for mails and for the payment page's way back. */
export type Links = {
  absolute(path: string): string;
  /** The bearer token of a checkout that is about to be made. */
  newOrderToken(checkoutId: string): string;
  /** Every token that a checkout of this id may have; one of them opens it. */
  orderTokens(checkoutId: string): readonly string[];
  /** The bearer token of a checkout and the order it becomes; guests see their order by it. It stays the same. */
  orderToken(checkout: Minted): string;
  orderUrl(checkout: Minted): string;
  /** Where the order of a checkout is taken back, by the same token. */
  withdrawUrl(checkout: Minted): string;
  /** Keeps the token for when only the shop's first secret is left. Throws when no secret of the shop made it. */
  sealOrderToken(checkout: Minted): string;
  /** What {@link Links.sealOrderToken} begins with while the first secret is the first. */
  readonly sealedBy: string;
  /** The bearer token of an invitation to work here, and the page that takes it. */
  invitationToken(invitationId: string): string;
  invitationUrl(invitation: Invitation): string;
  /** The same of an invitation into an organization. */
  organizationInvitationToken(invitationId: string): string;
  organizationInvitationUrl(invitation: Invitation): string;
  /**
   * The same cart tokens for the same seed, that of the first secret first: they let a repeated request find the cart that
   * the first one made, also when the secret was changed in between.
   */
  cartTokens(seed: string): readonly [string, ...string[]];
};

/** The first secret makes new tokens; what an older one made is told by its hash. */
export function createLinks(settings: { baseUrl: string; secrets: readonly [string, ...string[]] }): Links {
  const { baseUrl, secrets } = settings;
  const box = createSecretBox(secrets);
  const absolute = (path: string) => new URL(path, baseUrl).href;
  const tokens = (purpose: Parameters<typeof linkToken>[1], id: string): [string, ...string[]] => {
    const [first, ...older] = secrets;
    return [linkToken(first, purpose, id), ...older.map((secret) => linkToken(secret, purpose, id))];
  };
  const derived = (purpose: "order" | "invitation" | "organization", id: string, hash: string) =>
    tokens(purpose, id).find((token) => hashToken(token) === hash);
  const unsealed = (of: Minted) => {
    if (of.accessTokenSealed === null) return null;
    try {
      return Buffer.from(box.open(of.accessTokenSealed, contextOf(of))).toString("utf8");
    } catch (error) {
      // Its secret was dropped too early, which an alert says: a letter goes out all the same, its link to a page that says
      // how the order is found.
      if (error instanceof SealedByNone) return null;
      throw error;
    }
  };
  const made = (of: Minted) => derived("order", of.id, of.accessTokenHash) ?? unsealed(of);
  const orderToken = (of: Minted) => made(of) ?? tokens("order", of.id)[0];
  return {
    absolute,
    newOrderToken: (checkoutId) => tokens("order", checkoutId)[0],
    orderTokens: (checkoutId) => tokens("order", checkoutId),
    orderToken,
    orderUrl: (checkout) => absolute(`/order?ref=${orderToken(checkout)}`),
    withdrawUrl: (checkout) => absolute(`/withdraw?ref=${orderToken(checkout)}`),
    sealOrderToken(checkout) {
      const token = made(checkout);
      if (token === null) throw new SealedByNone();
      return box.seal(Buffer.from(token, "utf8"), contextOf(checkout));
    },
    sealedBy: box.present,
    invitationToken: (invitationId) => tokens("invitation", invitationId)[0],
    invitationUrl: ({ id, tokenHash }) =>
      absolute(`/join?token=${derived("invitation", id, tokenHash) ?? tokens("invitation", id)[0]}`),
    organizationInvitationToken: (invitationId) => tokens("organization", invitationId)[0],
    organizationInvitationUrl: ({ id, tokenHash }) =>
      absolute(`/invitation?token=${derived("organization", id, tokenHash) ?? tokens("organization", id)[0]}`),
    cartTokens: (seed) => tokens("cart", seed),
  };
}

const contextOf = (checkout: Minted) => `checkout:${checkout.id}`;
