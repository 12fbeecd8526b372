import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { fillMessage } from "~/lib/i18n/translate.ts";
import { type StatusNoun, type StatusOf, statusView } from "~/lib/statuses.ts";
import { Select } from "./select.tsx";

type StateFilterProps<Noun extends StatusNoun> = {
  of: Noun;
  states: readonly StatusOf<Noun>[];
  current: StatusOf<Noun> | undefined;
};

/** A list's filter by state, in the words of the badges. */
export function StateFilter<Noun extends StatusNoun>({ of, states, current }: StateFilterProps<Noun>) {
  const t = useT();
  const locale = useLocale();
  const none = { date: "", time: "" };
  const options = [
    { value: "", label: t("office.allStates") },
    ...states.map((state) => ({
      value: state,
      label: fillMessage(locale, statusView(of, state).message, none).trim(),
    })),
  ];
  return <Select compact name="status" label={t("office.state")} options={options} defaultValue={current ?? ""} />;
}
