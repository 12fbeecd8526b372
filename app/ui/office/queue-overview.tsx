import { useT } from "~/lib/i18n/language.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Moment } from "../moment.tsx";
import { OfficeSection } from "./office-section.tsx";

type When = Date | string;
type Task = { task: string; waiting: number; retrying: number; running: number; dead: number; oldestAt: When | null };
type Process = { id: string; kind: "web" | "worker"; startedAt: When; seenAt: When };
type Planned = { name: string; lastAt: When | null };

/** How many jobs of each task wait, run and gave up. */
export function QueueDepth({ tasks }: { tasks: readonly Task[] }) {
  const t = useT();
  const count = (key: "waiting" | "retrying" | "running" | "dead"): Column<Task> => ({
    key,
    header: t(`jobs.state.${key}`),
    numeric: true,
    cell: (row) => row[key],
  });
  const columns: Column<Task>[] = [
    {
      key: "task",
      header: t("jobs.task"),
      phone: "title",
      cell: (row) => <code className="font-mono text-13">{row.task}</code>,
    },
    count("waiting"),
    count("running"),
    count("retrying"),
    { ...count("dead"), phone: "aside" },
    {
      key: "oldest",
      header: t("jobs.oldest"),
      phone: "meta",
      cell: (row) => (row.oldestAt === null ? t("words.none") : <Moment at={row.oldestAt} withTime />),
    },
  ];
  return (
    <OfficeSection title={t("jobs.depth")}>
      {tasks.length === 0 ? (
        <EmptyState title={t("jobs.emptyQueue")} />
      ) : (
        <DataTable
          caption={t("jobs.depth")}
          columns={columns}
          rows={tasks}
          rowKey={(row) => row.task}
          rowHref={(row) =>
            `/admin/jobs?state=${row.dead > 0 ? "dead" : row.retrying > 0 ? "retrying" : "waiting"}&task=${encodeURIComponent(row.task)}`
          }
        />
      )}
    </OfficeSection>
  );
}

/** Which processes live, by heartbeat. */
export function QueueProcesses({ processes }: { processes: readonly Process[] }) {
  const t = useT();
  const columns: Column<Process>[] = [
    {
      key: "kind",
      header: t("jobs.processes"),
      phone: "title",
      cell: (row) => t(`jobs.kind.${row.kind}`),
    },
    { key: "id", header: "Id", phone: "status", cell: (row) => <code className="font-mono text-13">{row.id}</code> },
    { key: "since", header: t("jobs.since"), cell: (row) => <Moment at={row.startedAt} withTime /> },
    { key: "seen", header: t("jobs.seen"), phone: "meta", cell: (row) => <Moment at={row.seenAt} withTime /> },
  ];
  return (
    <OfficeSection title={t("jobs.processes")}>
      {processes.length === 0 ? (
        <EmptyState title={t("jobs.noProcesses")} />
      ) : (
        <DataTable caption={t("jobs.processes")} columns={columns} rows={processes} rowKey={(row) => row.id} />
      )}
    </OfficeSection>
  );
}

/** What runs by the clock, and when it last did. */
export function QueueSchedule({ schedule }: { schedule: readonly Planned[] }) {
  const t = useT();
  const columns: Column<Planned>[] = [
    {
      key: "name",
      header: t("jobs.task"),
      phone: "title",
      cell: (row) => <code className="font-mono text-13">{row.name}</code>,
    },
    {
      key: "last",
      header: t("jobs.last"),
      phone: "meta",
      cell: (row) => (row.lastAt === null ? t("words.none") : <Moment at={row.lastAt} withTime />),
    },
  ];
  return (
    <OfficeSection title={t("jobs.schedule")}>
      <DataTable caption={t("jobs.schedule")} columns={columns} rows={schedule} rowKey={(row) => row.name} />
    </OfficeSection>
  );
}
