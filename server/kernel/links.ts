import { linkToken } from "./link-token.ts";

/** Addresses of the shop, for mails and for the payment page's way back. */
export type Links = {
  absolute(path: string): string;
  /** The bearer token of a checkout and the order it becomes; guests see their order by it. */
  orderToken(checkoutId: string): string;
  orderUrl(checkoutId: string): string;
  /** Where the order of a checkout is taken back, by the same token. */
  withdrawUrl(checkoutId: string): string;
  /** The bearer token of an invitation to work here, and the page that takes it. */
  invitationToken(invitationId: string): string;
  invitationUrl(invitationId: string): string;
  /** The same cart token for the same seed: lets a repeated request find the cart that the first one made. */
  cartToken(seed: string): string;
};

export function createLinks(settings: { baseUrl: string; secret: string }): Links {
  const absolute = (path: string) => new URL(path, settings.baseUrl).href;
  const orderToken = (checkoutId: string) => linkToken(settings.secret, "order", checkoutId);
  const invitationToken = (invitationId: string) => linkToken(settings.secret, "invitation", invitationId);
  return {
    absolute,
    orderToken,
    orderUrl: (checkoutId) => absolute(`/order?ref=${orderToken(checkoutId)}`),
    withdrawUrl: (checkoutId) => absolute(`/withdraw?ref=${orderToken(checkoutId)}`),
    invitationToken,
    invitationUrl: (invitationId) => absolute(`/join?token=${invitationToken(invitationId)}`),
    cartToken: (seed) => linkToken(settings.secret, "cart", seed),
  };
}
