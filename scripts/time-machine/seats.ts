import type { Joined } from "./acts.ts";
import type { Fate } from "./fates.ts";
import type { Machine } from "./machine.ts";

/** As a company's owner does: sees what so many seats in all cost, and asks for them. Where fewer are left than are taken, colleagues go. */
export async function changeSeats(machine: Machine, joined: Joined, wish: { seats: number; formKey: string }) {
  const { id, member, browser } = joined;
  const own = () => browser.caller.billing.memberships;
  const { holders } = await own().seats({ organizationId: await companyOf(machine, joined) });
  const colleagues = holders.filter(({ who }) => who !== member.email).toSorted((a, b) => (a.who < b.who ? -1 : 1));
  const leavers = colleagues.slice(wish.seats - 1).map(({ seatId }) => seatId);
  const { sealed } = await own().quoteSeats({ id, seats: wish.seats, leavers });
  await own().changeSeats({ id, quote: sealed, formKey: wish.formKey });
}

type Colleagues = { readonly day: number; run(machine: Machine, joined: Joined): Promise<void> };

/** The day after the first seats were bought colleagues are asked in, and two days later they take up what they were offered. */
export function colleaguesOf({ steps, colleagues }: Extract<Fate, { kind: "seats" }>): Colleagues[] {
  const bought = steps[0]?.day;
  if (colleagues === 0 || bought === undefined) return [];
  const addresses = ({ member }: Joined) =>
    Array.from({ length: colleagues }, (_, index) => member.email.replace("@", `-colleague-${index}@`));
  return [
    {
      day: bought + 1,
      async run(machine, joined) {
        const organizationId = await companyOf(machine, joined);
        const csv = addresses(joined).join("\n");
        await joined.browser.caller.organizations.invitations.inviteAll({ organizationId, csv });
      },
    },
    {
      day: bought + 3,
      async run(machine, joined) {
        for (const email of addresses(joined)) {
          const session = await machine.member(email);
          const token = await tokenOf(machine, email);
          await machine.browser({ session }).caller.organizations.invitations.accept({ token });
        }
      },
    },
  ];
}

async function companyOf({ sql }: Machine, { id }: Joined): Promise<string> {
  const [row] = await sql`select organization_id from subscriptions where id = ${id}`;
  return String(row?.organization_id);
}

/** What stands in the link that was mailed to an address. */
async function tokenOf({ sql, runtime }: Machine, email: string): Promise<string> {
  const [row] = await sql`select id from organization_invitations where email = ${email}`;
  return runtime.providers.links.organizationInvitationToken(String(row?.id));
}
