/** This machine itself, by name, number or socket. */
export function isLocalHost(host: string): boolean {
  return host === "" || host === "localhost" || host === "[::1]" || host === "::1" || /^127\./.test(host);
}
