import type { ReactNode } from "react";
import type { MembershipLife } from "~/lib/memberships/membership-life.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { LinkButton } from "../link-button.tsx";
import { ChangeCard } from "./change-card.tsx";

type ChangeLinksProps = {
  life: MembershipLife;
  name: string;
  /** It began with a trial that asked for no card, and none has come. */
  cardless: boolean;
  /** The way to more or fewer seats, for a company. */
  seats?: ReactNode;
};

/** The ways to change what somebody pays for that are open now; what is not open now is not shown. */
export function ChangeLinks({ life, name, cardless, seats }: ChangeLinksProps) {
  const { allowed, id, organizationId } = life;
  const t = useLifeWords(organizationId);
  return (
    <nav aria-label={`${t("membership.change")} ${name}`} className="flex flex-wrap gap-3">
      <ChangeCard id={id} first={cardless} />
      {allowed.plan && <LinkButton to={`/account/membership/${id}/plan`}>{t("membership.toPlan")}</LinkButton>}
      {life.seatAmount !== null && seats}
      {life.units && allowed.units && <LinkButton to={`/account/membership/${id}/units`}>{t("units.link")}</LinkButton>}
      {allowed.pause && <LinkButton to={`/account/membership/${id}/pause`}>{t("membership.toPause")}</LinkButton>}
      {allowed.cancel && <LinkButton to={`/account/membership/${id}/cancel`}>{t("membership.toCancel")}</LinkButton>}
    </nav>
  );
}
