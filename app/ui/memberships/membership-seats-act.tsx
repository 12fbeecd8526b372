import type { AppLoadContext } from "@remix-run/node";
import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { SeatAnswer } from "~/lib/organizations/seat-change.server.ts";
import { ActReason } from "../office/act-reason.tsx";
import { SeatForm, SeatsHeld, SeatTerms, useSeatPress } from "../organizations/seat-change.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type OfficeSeats = Awaited<ReturnType<AppLoadContext["caller"]["billing"]["office"]["seats"]>>;

type SeatsActProps = { of: NonNullable<OfficeSeats>; answer: SeatAnswer; formKey: string };

/** More or fewer seats for a company: asked for, then quoted, then made at exactly what was quoted. */
export function MembershipSeatsAct({ of, answer, formKey }: SeatsActProps) {
  const t = useT();
  const press = useSeatPress(answer);
  const { plan, holders } = of;
  if (plan.why !== null) return null;
  return (
    <details open={answer.seats !== null} className="py-3" id="seats">
      <summary className="cursor-pointer font-medium">{t("seats.title")}</summary>
      <div className="flex flex-col gap-4 py-4">
        <p>
          <SeatsHeld plan={plan} />
        </p>
        <SeatForm compact plan={plan} holders={holders} answer={answer} />
        {answer.offer && (
          <Form method="post" preventScrollReset className="flex max-w-prose flex-col items-start gap-4">
            <input type="hidden" name="intent" value="seats" />
            <input type="hidden" name="formKey" value={formKey} />
            <input type="hidden" name="quote" value={answer.offer.sealed} />
            <SeatTerms answer={answer} holders={holders} />
            <ActReason of="seats" />
            <SubmitButton size="compact" name="intent" value="seats">
              {press}
            </SubmitButton>
          </Form>
        )}
      </div>
    </details>
  );
}
