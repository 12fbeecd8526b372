/** Where business time stands, in milliseconds: one place for both threads of the shop. */
export type Stands = Float64Array<SharedArrayBuffer>;

export function standingAt(at: Date): Stands {
  const stands = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  stands[0] = at.getTime();
  return stands;
}

/** A clock that stands where it was told to, as the provider's does: how long the work takes changes no time. */
export function standingClock(stands: Stands): { now(): Date } {
  return { now: () => new Date(stands[0] ?? Number.NaN) };
}
