/**
 * Short files of tests that live long. Vitest begins with the largest where it knows no times, as in a fresh clone, and these
 * would be the last: a minute in which one process works and the others have nothing left.
 */
export const LONG_FILES = [
  "scripts/time-machine/time-machine.http.test.ts",
  "server/billing/months-on-the-clock.db.test.ts",
  "worker/poison-job.db.test.ts",
  "server/billing/orders-of-notifications.db.test.ts",
  "worker/two-of-each.http.test.ts",
  "scripts/run/start.http.test.ts",
  "server/billing/dunning.db.test.ts",
  "sandbox/restart.http.test.ts",
];

/** The same files, the long ones before the others, which stay in their order. */
export function longFirst<File extends { readonly moduleId: string }>(files: readonly File[]): File[] {
  const place = ({ moduleId }: File) => {
    const found = LONG_FILES.findIndex((path) => moduleId.endsWith(`/${path}`));
    return found < 0 ? LONG_FILES.length : found;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}
