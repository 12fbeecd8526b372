import { Form } from "@remix-run/react";
import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { RadioGroup } from "../radio-group.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { WholeWords } from "../whole-words.tsx";

type Way = "join" | "ask";
const WAYS = ["ask", "join"] as const;

type DomainsProps = {
  organizationId: string;
  domains: readonly { id: string; domain: string; way: Way }[];
  /** The domain of the reader's own address; `open`: a company can claim it. */
  own: { domain: string; open: boolean };
};

/** The mail domains whose people find the company in their account: claimed, changed and given up by its owners and admins. */
export function OrganizationDomains({ organizationId, domains, own }: DomainsProps) {
  const t = useT();
  const claimed = domains.some(({ domain }) => domain === own.domain);
  return (
    <section aria-labelledby="domains" className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <h2 id="domains" className="text-21">
          <WholeWords>{t("organizations.domains")}</WholeWords>
        </h2>
        <p className="max-w-prose text-fg-muted">{t("organizations.domains.text")}</p>
      </div>
      {domains.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {domains.map(({ id, domain, way }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-4 py-3">
              <div className="min-w-0">
                <p className="font-medium break-all">@{domain}</p>
                <p className="text-fg-muted">{t(`organizations.domains.way.${way}`)}</p>
              </div>
              <Form method="post" className="flex flex-wrap gap-3">
                <input type="hidden" name="organizationId" value={organizationId} />
                <input type="hidden" name="domainId" value={id} />
                <input type="hidden" name="way" value={way === "join" ? "ask" : "join"} />
                {(["joining", "giveUp"] as const).map((intent) => {
                  const words = intent === "giveUp" ? intent : way === "join" ? "toAsk" : "toJoin";
                  return (
                    <SubmitButton
                      key={intent}
                      size="compact"
                      variant={intent === "giveUp" ? "quiet" : "outline"}
                      name="intent"
                      value={intent}
                    >
                      <span aria-hidden="true">{t(`organizations.domains.${words}`)}</span>
                      <span className="sr-only">{t(`organizations.domains.${words}Of`, { domain })}</span>
                    </SubmitButton>
                  );
                })}
              </Form>
            </li>
          ))}
        </ul>
      )}
      {!claimed &&
        (own.open ? (
          <Form method="post" className="flex flex-col items-start gap-4">
            <input type="hidden" name="organizationId" value={organizationId} />
            <RadioGroup
              name="way"
              legend={t("organizations.domains.whoever", { domain: own.domain })}
              choices={WAYS.map((value) => ({
                value,
                label: t(`organizations.domains.choice.${value}`),
                hint: t(`organizations.domains.choice.${value}.hint`),
              }))}
              defaultValue="ask"
            />
            <SubmitButton name="intent" value="claim">
              {t("organizations.domains.claim", { domain: own.domain })}
            </SubmitButton>
          </Form>
        ) : (
          domains.length === 0 && (
            <p className="max-w-prose">{t("organizations.domains.public", { domain: own.domain })}</p>
          )
        ))}
    </section>
  );
}

type Asker = { id: string; email: string; name: string | null; createdAt: Instant; lackedSeat: boolean };

/** Who asks to come in, each with an answer. */
export function OrganizationAskers({ organizationId, askers }: { organizationId: string; askers: readonly Asker[] }) {
  const t = useT();
  const locale = useLocale();
  if (askers.length === 0) return null;
  return (
    <section aria-labelledby="askers" className="flex flex-col gap-3">
      <h2 id="askers" className="text-21">
        {t("organizations.askers")}
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {askers.map(({ id, email, name, createdAt, lackedSeat }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-4 py-3">
            <div className="min-w-0">
              <p className="font-medium break-words">{name ?? email}</p>
              {name && <p className="break-all text-fg-muted">{email}</p>}
              <p className="text-14 text-fg-muted">
                {t(lackedSeat ? "organizations.askers.full" : "organizations.askers.since", {
                  date: formatDate(createdAt, locale, "table"),
                })}
              </p>
            </div>
            <Form method="post" className="flex flex-wrap gap-3">
              <input type="hidden" name="organizationId" value={organizationId} />
              <input type="hidden" name="requestId" value={id} />
              {(["letIn", "refuse"] as const).map((intent) => (
                <SubmitButton
                  key={intent}
                  size="compact"
                  variant={intent === "refuse" ? "quiet" : "outline"}
                  name="intent"
                  value={intent}
                >
                  <span aria-hidden="true">{t(`organizations.askers.${intent}`)}</span>
                  <span className="sr-only">{t(`organizations.askers.${intent}Of`, { who: name ?? email })}</span>
                </SubmitButton>
              ))}
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
