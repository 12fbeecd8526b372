import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { OfficeSection } from "../office/office-section.tsx";

type JoiningProps = {
  domains: readonly { id: string; domain: string; way: "join" | "ask"; createdAt: Instant }[];
  askers: {
    items: readonly { id: string; email: string; name: string | null; createdAt: Instant; lackedSeat: boolean }[];
  };
};

/** By which mail domains people come into a company and who asks to, for staff. */
export function OrganizationJoining({ domains, askers }: JoiningProps) {
  const t = useT();
  const locale = useLocale();
  return (
    <OfficeSection title={t("organizations.office.domains")}>
      {domains.length === 0 && <p className="text-fg-muted">{t("organizations.office.noDomains")}</p>}
      {domains.length > 0 && (
        <ul className="divide-y divide-line">
          {domains.map(({ id, domain, way, createdAt }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2">
              <span className="font-medium break-all">{domain}</span>
              <span className="text-fg-muted">
                {t(`organizations.domains.way.${way}`)} · {formatDate(createdAt, locale, "table")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {askers.items.length > 0 && (
        <>
          <h3 className="font-medium">{t("organizations.office.askers")}</h3>
          <ul className="divide-y divide-line">
            {askers.items.map(({ id, email, name, createdAt, lackedSeat }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2">
                <span className="break-all">{name ? `${name} · ${email}` : email}</span>
                <span className="text-fg-muted">
                  {t(lackedSeat ? "organizations.askers.full" : "organizations.askers.since", {
                    date: formatDate(createdAt, locale, "table"),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </OfficeSection>
  );
}
