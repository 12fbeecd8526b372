import { Link } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { Stat, Stats } from "../stat.tsx";

type Seats = { allowed: number; claimed: number; pending: number; free: number; over: number };

/** How many seats there are and what became of them; what to do when there are too few. */
export function SeatFigures({ seats, mayBuy = false }: { seats: Seats; mayBuy?: boolean }) {
  const t = useT();
  return (
    <div className="flex flex-col gap-4">
      <Stats>
        <Stat label={t("organizations.seats.allowed")} value={seats.allowed} />
        <Stat label={t("organizations.seats.claimed")} value={seats.claimed} />
        <Stat label={t("organizations.seats.pending")} value={seats.pending} />
        <Stat label={t("organizations.seats.free")} value={seats.free} />
      </Stats>
      {seats.over > 0 ? (
        <Banner tone="warn" title={t("organizations.seats.over", { count: seats.over })}>
          <p>{t("organizations.seats.overText")}</p>
        </Banner>
      ) : (
        seats.free === 0 && <p className="max-w-prose text-fg-muted">{t("organizations.seats.full")}</p>
      )}
      {mayBuy && (
        <p>
          <Link to="/account/organization/seats">{t("seats.link")}</Link>
        </p>
      )}
    </div>
  );
}
