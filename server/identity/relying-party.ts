/** Who asks a passkey to sign: browsers give a passkey to the site it was made on and to no other. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string };

export function relyingParty(baseUrl: string, name: string): RelyingParty {
  const url = new URL(baseUrl);
  return { id: url.hostname, origin: url.origin, name };
}
