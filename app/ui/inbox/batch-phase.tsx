import { useT } from "~/lib/i18n/language.tsx";
import { Badge } from "../badge.tsx";

const TONES = { trying: "info", ready: "warn", running: "info", done: "ok", stopped: "neutral" } as const;

/** Where an act on many webhooks stands. */
export function BatchPhase({ phase }: { phase: keyof typeof TONES }) {
  const t = useT();
  return <Badge tone={TONES[phase]}>{t(`webhooks.batch.phase.${phase}`)}</Badge>;
}
