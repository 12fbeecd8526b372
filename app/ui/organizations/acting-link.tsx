import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { LinkButton } from "../link-button.tsx";
import { SubmitButton } from "../submit-button.tsx";

type ActingLinkProps = {
  /** A page that is about the organization that this browser acts for. */
  to: string;
  /** The one that it is to be about. */
  organizationId: string;
  /** Whether this browser acts for that one already. */
  current: boolean;
  children: ReactNode;
};

/** The way to a page of an organization, by way of acting for it where one does not yet. */
export function ActingLink({ to, organizationId, current, children }: ActingLinkProps) {
  if (current) return <LinkButton to={to}>{children}</LinkButton>;
  return (
    <Form method="post" action="/account/organization">
      <input type="hidden" name="intent" value="switch" />
      <input type="hidden" name="organizationId" value={organizationId} />
      <input type="hidden" name="returnTo" value={to} />
      <SubmitButton action="/account/organization">{children}</SubmitButton>
    </Form>
  );
}
