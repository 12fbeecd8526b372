type Counted = { readonly organizationId: string | null; readonly quantity: number };

/**
 * How many of a person's membership there are: what is paid per period is for all of them. Of an organization's plan one: its
 * seats are told of by themselves.
 */
export function unitsOf({ organizationId, quantity }: Counted): number {
  return organizationId === null ? quantity : 1;
}
