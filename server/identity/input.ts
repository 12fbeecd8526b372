import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const email = z.string().trim().max(254).pipe(z.email());
/** A password that was chosen before: whatever it is, it is only compared. */
const knownPassword = z.string().min(1).max(200);
const newPassword = z.string().min(10).max(200);
/** Of a mailed link. One that a mail program cut short is looked up too, and answered as one that is too old. */
const token = z.string().min(1).max(200);

export const signUpInput = z.object({
  email,
  password: newPassword,
  name: z.string().trim().min(1).max(100).optional(),
  locale: z.enum(["sv", "en"]).optional(),
});
export const signInInput = z.object({ email, password: knownPassword, redirectTo: z.string().max(2000).optional() });
export const emailInput = z.object({ email });
export const verifyEmailInput = z.object({
  token,
  password: knownPassword,
  redirectTo: z.string().max(2000).optional(),
});
export const resetPasswordInput = z.object({ token, password: newPassword });
export const sessionInput = z.object({ id: z.string().max(60) });

/** From an authenticator app, or a recovery code. */
export const codeInput = z.object({ code: z.string().trim().min(6).max(20) });
export const ownIdInput = z.object({ id: z.string().max(60) });

/** What a browser says of a passkey, as the JSON text it was made into: checked here for its shape, by its signature later. */
const credentialText = z.string().max(20_000);
const base64url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(10_000);
const made = z.looseObject({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: base64url, attestationObject: base64url }),
  clientExtensionResults: z.looseObject({}),
});
const signed = z.looseObject({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
  clientExtensionResults: z.looseObject({}),
});
function json<Shape extends z.ZodType>(shape: Shape) {
  return credentialText
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "not what a browser says of a passkey" });
        return z.NEVER;
      }
    })
    .pipe(shape);
}
export const addPasskeyInput = z.object({
  name: z.string().trim().min(1).max(60),
  response: json(made).transform((value) => value as unknown as RegistrationResponseJSON),
});
const signedPasskey = json(signed).transform((value) => value as unknown as AuthenticationResponseJSON);
export const passkeySignInInput = z.object({ response: signedPasskey, redirectTo: z.string().max(2000).optional() });

export const proofInput = z.discriminatedUnion("by", [
  z.object({ by: z.literal("password"), password: knownPassword }),
  z.object({ by: z.literal("code"), code: codeInput.shape.code }),
  z.object({ by: z.literal("passkey"), response: signedPasskey }),
]);

export const newPasswordInput = z.object({ password: newPassword });
export const linkInput = z.object({ token });
export const joinInput = z.object({ token, password: knownPassword });

const role = z.enum(["owner", "finance", "support", "marketing", "read_only"]);
const reason = z.string().trim().min(3).max(500);
export const STAFF_STATES = ["open", "shut", "one_step"] as const;
export const staffListInput = z
  .object({
    ...listPlace,
    /** A part of an address or a name. */
    q: z.string().trim().max(200).optional(),
    role: role.optional(),
    /** `one_step`: no second factor yet. */
    state: z.enum(STAFF_STATES).optional(),
    sort: z.enum(["email"]).default("email"),
  })
  .prefault({});
export const inviteInput = z.object({ email, role });
/** `null`: works here no longer. */
export const roleInput = z.object({ userId: z.string().max(60), role: role.nullable() });
export const accountDisabledInput = z.object({ customerId: z.string().max(60), disabled: z.boolean(), reason });
export const impersonateInput = z.object({ customerId: z.string().max(60), reason });
