import { useLocale } from "~/lib/i18n/language.tsx";
import { Money } from "../money.tsx";

type Other = {
  campaignId: string;
  campaignName: string;
  amount: number | null;
  currency: string | null;
  reason: string;
  words: { sv: string; en: string };
};

/** Campaigns that did not decide a price, each with its own and why. */
export function PriceReasons({ others }: { others: readonly Other[] }) {
  const locale = useLocale();
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {others.map((other) => (
        <li key={`${other.campaignId}:${other.amount}:${other.currency}:${other.reason}`}>
          {other.campaignName}
          {other.amount !== null && other.currency !== null && (
            <>
              {" ("}
              <Money of={{ amount: other.amount, currency: other.currency }} />
              {")"}
            </>
          )}
          {": "}
          {other.words[locale]}
        </li>
      ))}
    </ul>
  );
}
