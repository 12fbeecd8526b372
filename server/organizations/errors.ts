import { defineErrors } from "../kernel/errors.ts";

export const organizationErrors = defineErrors({
  notFound: ["organizations.not_found", "not_found", "There is no such organization of yours."],
  roleMissing: [
    "organizations.role_missing",
    "forbidden",
    "Your role in this organization is not enough. Ask one of its owners.",
  ],
  personal: [
    "organizations.personal",
    "conflict",
    "A personal organization is one person's. Found a company to have others in it.",
  ],
  memberNotFound: ["organizations.member_not_found", "not_found", "There is no such member of this organization."],
  lastOwner: ["organizations.last_owner", "conflict", "A company needs an owner. Make somebody else owner first."],
  payerStays: [
    "organizations.payer_stays",
    "conflict",
    "This member pays for the organization. Let another owner, admin or billing member pay first.",
  ],
  cannotPay: [
    "organizations.cannot_pay",
    "conflict",
    "Only an owner, an admin or a billing member can pay for an organization.",
  ],
  noSeat: [
    "organizations.no_seat",
    "conflict",
    "Every seat is taken or promised. Buy more seats, revoke one, or withdraw an invitation.",
  ],
  seated: ["organizations.seated", "conflict", "This member has a seat already."],
  seatless: ["organizations.seatless", "conflict", "This member has no seat."],
  alreadyMember: ["organizations.already_member", "conflict", "This address belongs to a member already."],
  alreadyInvited: [
    "organizations.already_invited",
    "conflict",
    "This address has an open invitation. Send it again, or withdraw it first.",
  ],
  invitationNotFound: ["organizations.invitation_not_found", "not_found", "There is no such open invitation."],
  linkInvalid: [
    "organizations.link_invalid",
    "invalid",
    "The invitation has been used or withdrawn, or is too old. Ask whoever sent it for another.",
  ],
  otherAddress: [
    "organizations.other_address",
    "conflict",
    "The invitation is for another address. Sign in with the account of that address.",
  ],
  stillRunning: [
    "organizations.still_running",
    "conflict",
    "The organization has a plan that is still running. Cancel it and let it end before you close the organization.",
  ],
  tooMany: ["organizations.too_many", "conflict", "You own as many companies as one person can. Close one first."],
  tooManyInvitations: [
    "organizations.too_many_invitations",
    "rate_limited",
    "These are more people than one person can invite within an hour. Invite fifty now, and the others later.",
  ],
  tooManyOpen: [
    "organizations.too_many_open",
    "conflict",
    "Too many invitations are open already. Withdraw some, or wait until they have been answered.",
  ],
  colorUnreadable: [
    "organizations.color_unreadable",
    "invalid",
    "Neither black nor white text can be read on this color. Choose a lighter or a darker one.",
  ],
  domainPublic: [
    "organizations.domain_public",
    "conflict",
    "Anybody can have an address at this mail provider, so it is no company's. Claim the domain from an account whose address is the company's own.",
  ],
  domainTaken: [
    "organizations.domain_taken",
    "conflict",
    "Another company has claimed this domain. Ask your colleagues to let you in, or write to us if it is not theirs.",
  ],
  domainNotFound: ["organizations.domain_not_found", "not_found", "The organization has not claimed this domain."],
  tooManyDomains: [
    "organizations.too_many_domains",
    "conflict",
    "The company has claimed as many domains as one can. Give one up first.",
  ],
  notJoinable: [
    "organizations.not_joinable",
    "conflict",
    "You cannot join this company by your address. Ask somebody in it to invite you.",
  ],
  requestNotFound: [
    "organizations.request_not_found",
    "conflict",
    "Somebody else has answered already, or the account is shut.",
  ],
  noLines: ["organizations.no_lines", "invalid", "There is no address in it. Put one address on each line."],
  tooManyLines: ["organizations.too_many_lines", "invalid", "There are more lines than can be invited at a time."],
});
