import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Config } from "../kernel/config.ts";

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

/**
 * Whose requests are counted together: an IPv4 address, however it is written, or the /64 that one subscriber of IPv6 has
 * to himself and could change at every request.
 */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/64`;
}

/** Whose request this is, as requests are counted, from Node's own request. */
export function socketCaller({ socket, headers }: IncomingMessage, config: Pick<Config, "TRUST_PROXY">): string {
  const forwarded = String(headers["x-forwarded-for"] ?? "");
  return addressBlock(clientAddress(socket.remoteAddress ?? "127.0.0.1", forwarded, config.TRUST_PROXY));
}

/** What proxies say of whom they ask for; each of them says something else. */
const OF_PROXIES =
  /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.+|fastly-.+)$/i;

/** Whether a request came through a proxy, as far as any of its headers says: then a connection from this machine says nothing. */
export function cameThroughProxy(headers: Iterable<string>): boolean {
  for (const name of headers) if (OF_PROXIES.test(name)) return true;
  return false;
}

/** Loopback in any of its spellings. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
