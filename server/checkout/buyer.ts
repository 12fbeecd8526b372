/** Who shops: an account, a browser that holds a cart token, or both. */
export type Buyer = {
  readonly customerId: string | null;
  readonly cartToken: string | null;
};
