import { expect, test } from "vitest";
import { readInvitationLines } from "./invitation-lines.ts";
import { planInvitations } from "./invitation-plan.ts";

const facts = {
  members: new Set(["anna@example.se"]),
  invited: new Set(["bo@example.se"]),
  freeSeats: 2,
  byOwner: false,
};
const plan = (csv: string, more = {}) =>
  planInvitations(readInvitationLines(csv), { ...facts, ...more }).map(({ outcome }) => outcome);

test("each line is invited or says why not; the first ones get the seats that are free", () => {
  const csv =
    "c@x.se\nANNA@example.se\nbo@example.se\nC@X.se\nd@x.se,owner\nwrong\ne@x.se,admin\nf@x.se\ng@x.se,billing";
  expect(plan(csv)).toEqual([
    "invite",
    "already_member",
    "already_invited",
    "repeated",
    "owner_only",
    "bad_address",
    "invite",
    "no_seat",
    "invite",
  ]);
});

test("owners invite owners", () => {
  expect(plan("d@x.se,owner", { byOwner: true })).toEqual(["invite"]);
});

test("who only pays needs no seat", () => {
  expect(plan("c@x.se,billing\nd@x.se", { freeSeats: 0 })).toEqual(["invite", "no_seat"]);
});
