/** Our own address for the provider's notifications, knocked at from outside: signed and over HTTP as the provider does it. */
export type OwnDoor = {
  /** The status of the answer; null when there was none, or no secret to sign with. */
  deliver(body: string, at: Date): Promise<number | null>;
};
