import type { MembershipLife } from "~/lib/membership-life.ts";
import { useLifeWords } from "~/lib/plan-life-words.ts";
import { ChangeCard } from "./change-card.tsx";
import { LinkButton } from "./link-button.tsx";

/** The ways to change what somebody pays for that are open now; what is not open now is not shown. */
export function ChangeLinks({ life, name }: { life: MembershipLife; name: string }) {
  const { allowed, id, organizationId } = life;
  const t = useLifeWords(organizationId);
  return (
    <nav aria-label={`${t("membership.change")} ${name}`} className="flex flex-wrap gap-3">
      <ChangeCard id={id} />
      {allowed.plan && <LinkButton to={`/account/membership/${id}/plan`}>{t("membership.toPlan")}</LinkButton>}
      {allowed.pause && <LinkButton to={`/account/membership/${id}/pause`}>{t("membership.toPause")}</LinkButton>}
      {allowed.cancel && <LinkButton to={`/account/membership/${id}/cancel`}>{t("membership.toCancel")}</LinkButton>}
    </nav>
  );
}
