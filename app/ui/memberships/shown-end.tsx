/** The day on which the period ends as the page shows it, for what comes with that: it goes along with the form, and no other is meant. */
export function ShownEnd({ at }: { at: Date | string | null }) {
  return <input type="hidden" name="endsAt" value={at ? new Date(at).toISOString() : ""} />;
}
