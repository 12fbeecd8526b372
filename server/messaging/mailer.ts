/** One mail as it goes out; the same every time it is tried. */
export type OutgoingMail = {
  /** With angle brackets. Sent again after an unknown outcome, it tells mailboxes that it is the same mail. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly date: Date;
  readonly locale: "sv" | "en";
};

/**
 * Hands a mail to the mail server. Throws `ProviderError`: `unavailable` (surely not taken, try again), `rejected` (a final
 * no) or `unknown_outcome` (the connection broke; it may have been taken).
 */
export type Mailer = { send(mail: OutgoingMail): Promise<void> };
