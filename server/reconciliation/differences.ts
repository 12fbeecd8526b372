/** An object's fields as short words, alike on both sides: what is compared, and what staff are shown. */
export type Fields = Readonly<Record<string, string | null>>;
export type Difference = { readonly field: string; readonly ours: string | null; readonly theirs: string | null };

/** Where the provider holds an object otherwise than we do. `existence` when one side does not know it at all. */
export function differences(ours: Fields | null, theirs: Fields | null): Difference[] {
  if (ours === null || theirs === null) {
    if (ours === theirs) return [];
    return [{ field: "existence", ours: ours?.status ?? null, theirs: theirs?.status ?? null }];
  }
  return Object.keys(theirs)
    .filter((field) => (ours[field] ?? null) !== (theirs[field] ?? null))
    .map((field) => ({ field, ours: ours[field] ?? null, theirs: theirs[field] ?? null }));
}
