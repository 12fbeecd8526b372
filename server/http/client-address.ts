/**
 * The caller's address: the socket's, or, behind `trustedProxies` reverse proxies of ours, the address that the outermost
 * of them saw. Anything further left in X-Forwarded-For was written by the caller and is not believed.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | null, trustedProxies: number): string {
  if (trustedProxies === 0 || !forwardedFor) return socketAddress;
  const hops = forwardedFor
    .split(",")
    .map((hop) => hop.trim())
    .filter(Boolean);
  return hops.at(-trustedProxies) ?? hops[0] ?? socketAddress;
}

/** Loopback in any of its spellings. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
