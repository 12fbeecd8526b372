import type { MessageKey, Translate } from "../i18n/translate.ts";
import { INTL_TAG, type Locale } from "../locale.ts";

const REASONS = ["purchase", "plan", "promotion", "refund", "manual"] as const;

/** What was done to the credits: `Reserverat`. */
export function creditKind(kind: string, t: Translate): string {
  const words = `balance.kind.${kind}` as MessageKey & `balance.kind.${string}`;
  return t(words as "balance.kind.grant");
}

/** Why credits were handed out: `köp`. */
export function creditReason(reason: string, t: Translate): string {
  const known = REASONS.find((one) => one === reason);
  return known ? t(`balance.reason.${known}`) : reason;
}

/** What whoever used the credits said of it stands with it; what else is known of a change is for staff. */
const USES = new Set(["consume", "report", "reserve", "confirm", "release", "lapse"]);

/** A change as its owner reads it: `Använt · rapport · rapport-1`, `Krediter tillagda · köp`. */
export function creditWords(
  { kind, reason, reference }: { kind: string; reason: string; reference: string | null },
  t: Translate,
): string {
  if (reason === "dispute" && (kind === "reclaim" || kind === "raise_debt")) return t(`balance.disputed.${kind}`);
  const said = USES.has(kind) ? [reason, reference] : kind === "grant" ? [creditReason(reason, t)] : [];
  return [creditKind(kind, t), ...said].filter(Boolean).join(" · ");
}

/** `+100`, `−5`, with the minus that figures are set with. */
export function signedCredits(change: number, locale: Locale): string {
  const text = Math.abs(change).toLocaleString(INTL_TAG[locale]);
  return change === 0 ? "0" : `${change < 0 ? "\u2212" : "+"}${text}`;
}
