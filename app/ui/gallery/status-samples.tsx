import { STATUS_NOUNS, type StatusNoun, statesOf } from "~/lib/statuses.ts";
import { StatusBadge } from "../status-badge.tsx";
import { Sample } from "./sample.tsx";

const AT = "2026-12-20T18:04:00Z";

export function StatusSamples() {
  return (
    <Sample title="StatusBadge">
      <dl className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-[8rem_1fr]">
        {STATUS_NOUNS.map((noun) => (
          <StatusRow key={noun} noun={noun} />
        ))}
      </dl>
    </Sample>
  );
}

function StatusRow({ noun }: { noun: StatusNoun }) {
  return (
    <>
      <dt className="text-14 text-fg-muted">{noun}</dt>
      <dd className="flex flex-wrap gap-2">
        {statesOf(noun).map((state) => (
          <StatusBadge key={state} of={noun} state={state} at={AT} />
        ))}
      </dd>
    </>
  );
}
