import type { customers, users } from "../schema/identity.ts";

/** The password of both demo people; they exist in the sandbox only. */
export const DEMO_PASSWORD = "kraftverk-demo";

const PEOPLE = [
  { key: "member", email: "member@kraftverk.test", name: "Maja Lind", staffRole: null },
  { key: "owner", email: "owner@kraftverk.test", name: "Olle Berg", staffRole: "owner" },
] as const;

/** A member and an owner who can sign in at once. */
export function peopleRows(
  passwordHash: string,
  now: Date,
): { users: (typeof users.$inferInsert)[]; customers: (typeof customers.$inferInsert)[] } {
  return {
    users: PEOPLE.map(({ key, email, name, staffRole }) => ({
      id: `usr_demo_${key}`,
      email,
      emailNormalized: email,
      emailVerifiedAt: now,
      passwordHash,
      name,
      locale: "sv",
      staffRole,
      createdAt: now,
    })),
    customers: PEOPLE.map(({ key, email, name }) => ({
      id: `cus_demo_${key}`,
      userId: `usr_demo_${key}`,
      email,
      emailNormalized: email,
      name,
      locale: "sv",
      createdAt: now,
    })),
  };
}
