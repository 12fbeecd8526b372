/** The form in which addresses are compared and are unique: `Ａnna@Example.COM ` and `anna@example.com` are one. */
export function normalizeEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}
