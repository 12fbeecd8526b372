import { BreakAt } from "../break-at.tsx";
import { LongName } from "../long-name.tsx";
import { WholeWords } from "../whole-words.tsx";
import { Sample } from "./sample.tsx";

const STEPS = ["text-12", "text-13", "text-14", "text-16", "text-18", "text-21", "text-26", "text-34"] as const;
const SURFACES = [
  "bg-canvas",
  "bg-surface",
  "bg-raised",
  "bg-sunken",
  "bg-neutral",
  "bg-selected",
  "bg-primary",
  "bg-solid",
  "bg-danger",
] as const;
const WORDS = "Medlemskap Öppet Plus, årsvis";

export function TypeSamples() {
  return (
    <Sample title="Type, color, LongName, BreakAt, WholeWords">
      <p className="type-display text-display">Kraftverk</p>
      <div className="flex flex-col gap-1">
        {STEPS.map((step) => (
          <p key={step} className={step}>
            {WORDS} · {step}
          </p>
        ))}
        <p className="font-mono text-13">sub_01J9ZKABCDEFGHJKMNPQRS4XQ2</p>
        <p className="text-fg-muted">{WORDS}</p>
        <p className="font-medium">{WORDS}</p>
        <p className="font-bold">{WORDS}</p>
      </div>
      <div className="w-40 border border-line">
        <LongName>{WORDS.replaceAll(" ", "")}</LongName>
        <BreakAt text="checkout.session.async_payment_succeeded" />
        <p className="text-21 font-bold">
          <WholeWords>Bekräfta e-postadressen</WholeWords>
        </p>
      </div>
      <ul className="grid grid-cols-3 gap-2 text-12 sm:grid-cols-5">
        {SURFACES.map((surface) => (
          <li key={surface} className="flex flex-col gap-1">
            <span className={`h-12 rounded-control border border-line ${surface}`} />
            {surface.slice(3)}
          </li>
        ))}
      </ul>
    </Sample>
  );
}
