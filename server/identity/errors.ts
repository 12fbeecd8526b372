import { defineErrors } from "../kernel/errors.ts";

/** Refusals of identity. None of them tells whether an account exists. */
export const identityErrors = defineErrors({
  signInFailed: [
    "identity.sign_in_failed",
    "unauthenticated",
    "The e-mail and the password do not match, or the address has not been confirmed yet.",
  ],
  linkInvalid: ["identity.link_invalid", "invalid", "The link has been used or is too old. Ask for a new one."],
  wrongPassword: ["identity.wrong_password", "invalid", "This is not the password that was chosen for the account."],
  weakPassword: ["identity.weak_password", "invalid", "Choose a password that is harder to guess."],
  tooManyAttempts: ["identity.too_many_attempts", "rate_limited", "Too many attempts. Wait a while and try again."],
  busy: ["identity.busy", "rate_limited", "Many people are signing in right now. Try again in a moment."],
  sessionNotFound: ["identity.session_not_found", "not_found", "There is no such session of yours."],
});
