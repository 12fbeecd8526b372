import type { AppLoadContext } from "@remix-run/node";
import { useT } from "~/lib/i18n/language.tsx";
import { listAt } from "~/lib/lists/definition.ts";
import type { ListView } from "~/lib/lists/list-view.ts";
import { organizationMembersList } from "~/lib/lists/organization-members.ts";
import { Badge } from "../badge.tsx";
import type { Column } from "../data-table.tsx";
import { ListPage } from "../lists/list-page.tsx";
import { Moment } from "../moment.tsx";

type Member = Awaited<ReturnType<AppLoadContext["caller"]["organizations"]["office"]["members"]>>["items"][number];

/** Who is in an organization, as staff see them: found by name, address or role, paged both ways, taken out as a file. */
export function OfficeMembers({
  organization,
  members,
  list,
}: {
  organization: { readonly id: string; readonly billingCustomerId: string | null };
  members: readonly Member[];
  list: ListView;
}) {
  const t = useT();
  const columns: Column<Member>[] = [
    {
      key: "name",
      header: t("organizations.office.member"),
      phone: "title",
      cell: (member) => <span className="break-words">{member.name ?? member.email}</span>,
    },
    {
      key: "email",
      header: t("identity.email"),
      phone: "meta",
      cell: (member) => <span className="break-all">{member.email}</span>,
    },
    {
      key: "role",
      header: t("organizations.role"),
      phone: "status",
      cell: (member) => (
        <span className="flex flex-wrap gap-2">
          <Badge tone="neutral">{t(`organizations.role.${member.role}`)}</Badge>
          {member.customerId !== null && member.customerId === organization.billingCustomerId && (
            <Badge tone="info">{t("organizations.pays")}</Badge>
          )}
          {!member.hasSeat && <Badge tone="neutral">{t("organizations.noSeat")}</Badge>}
          {member.disabled && <Badge tone="warn">{t("organizations.disabled")}</Badge>}
        </span>
      ),
    },
    {
      key: "joined",
      header: t("organizations.office.joined"),
      phone: "aside",
      cell: (member) => <Moment at={member.joinedAt} />,
    },
  ];
  return (
    <ListPage
      part
      definition={listAt(organizationMembersList, `/admin/organizations/${organization.id}`)}
      list={list}
      columns={columns}
      rows={members}
      rowKey={(member) => member.id}
      rowHref={(member) =>
        member.customerId === null ? "/admin/staff" : `/admin/customers/${encodeURIComponent(member.customerId)}`
      }
    />
  );
}
