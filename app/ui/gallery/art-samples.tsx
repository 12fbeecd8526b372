import { ART_NAMES, Art } from "../art/art.tsx";
import { Station } from "../art/station.tsx";
import { Logo } from "../logo.tsx";
import { Sample } from "./sample.tsx";

export function ArtSamples() {
  return (
    <Sample title="Art">
      <Logo />
      <Station className="w-full max-w-form" />
      <ul className="grid grid-cols-2 gap-4 text-13 sm:grid-cols-4">
        {ART_NAMES.map((name) => (
          <li key={name} className="flex flex-col gap-2">
            <span className="grid aspect-[4/5] place-items-center rounded-card border border-line bg-sunken">
              <Art name={name} className="w-3/4" />
            </span>
            {name}
          </li>
        ))}
      </ul>
    </Sample>
  );
}
