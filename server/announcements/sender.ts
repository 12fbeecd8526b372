/** One HTTP message to another installation. */
export type OutgoingMessage = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Why a message did not get through, as a code of ours: never the other side's words. `not_allowed`: the address is not a
 * public one; nothing was sent.
 */
export type SendProblem = "not_allowed" | "no_answer" | "timeout" | "redirect" | "refused" | "failed";

export type SendOutcome =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly status: number | null; readonly problem: SendProblem };

/** The way out to addresses that people have typed in: public ones only, the resolved address checked, no redirects. */
export type AnnouncementSender = {
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /** Whether an address may be kept at all, before anything is resolved. */
  accepts(url: string): boolean;
};
