import { defineErrors } from "../kernel/errors.ts";

/** Refusals of identity. None of them tells whether an account exists. */
export const identityErrors = defineErrors({
  signInFailed: [
    "identity.sign_in_failed",
    "unauthenticated",
    "The e-mail and the password do not match, or the address has not been confirmed yet.",
  ],
  linkInvalid: ["identity.link_invalid", "invalid", "The link has been used or is too old. Ask for a new one."],
  linkOfAnother: [
    "identity.link_of_another",
    "conflict",
    "The link belongs to another account than the one that is signed in. Sign in with the account whose address is to change.",
  ],
  wrongPassword: ["identity.wrong_password", "invalid", "This is not the password that was chosen for the account."],
  weakPassword: ["identity.weak_password", "invalid", "Choose a password that is harder to guess."],
  tooManyAttempts: ["identity.too_many_attempts", "rate_limited", "Too many attempts. Wait a while and try again."],
  wrongCode: ["identity.wrong_code", "invalid", "The code is not right, or was used before. Wait for the next one."],
  signInAgain: ["identity.sign_in_again", "invalid", "The sign-in took too long. Begin again with the password."],
  totpOn: ["identity.totp_on", "conflict", "An authenticator app is on already. Turn it off first."],
  noSecondFactor: ["identity.no_second_factor", "conflict", "Add an authenticator app or a passkey first."],
  passkeyFailed: [
    "identity.passkey_failed",
    "invalid",
    "The passkey could not be used here. Try again or use another way.",
  ],
  passkeyNotFound: ["identity.passkey_not_found", "not_found", "There is no such passkey of yours."],
  tooManyPasskeys: ["identity.too_many_passkeys", "conflict", "Remove a passkey before you add another."],
  emailUnchanged: ["identity.email_unchanged", "invalid", "This is the address the account has."],
  lastOwner: ["identity.last_owner", "conflict", "A shop needs an owner. Make somebody else owner first."],
  staffNotFound: ["identity.staff_not_found", "not_found", "There is no such member of staff."],
  notAllowed: ["identity.not_allowed", "forbidden", "This account cannot be changed by you."],
  alreadyInvited: ["identity.already_invited", "conflict", "This address has an open invitation. Withdraw it first."],
  invitationNotFound: ["identity.invitation_not_found", "not_found", "There is no such invitation."],
  customerNotFound: ["identity.customer_not_found", "not_found", "There is no such customer with an account."],
  busy: ["identity.busy", "rate_limited", "Many people are signing in right now. Try again in a moment."],
  sessionNotFound: ["identity.session_not_found", "not_found", "There is no such session of yours."],
});
