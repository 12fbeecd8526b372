import { Button, Heading, Link, Text } from "@react-email/components";
import { createContext, type ReactNode, useContext } from "react";
import { light, yellow } from "./tokens.ts";

/** The pieces mails are made of. */

export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h1"
      className="text"
      style={{
        margin: "0 0 16px",
        color: light.text,
        fontSize: 26,
        lineHeight: "32px",
        fontWeight: 650,
        letterSpacing: "-0.01em",
      }}
    >
      {children}
    </Heading>
  );
}

export function Subtitle({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h2"
      className="text"
      style={{ margin: "24px 0 4px", color: light.text, fontSize: 16, lineHeight: "24px", fontWeight: 650 }}
    >
      {children}
    </Heading>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="text" style={{ margin: "0 0 12px", color: light.text, fontSize: 16, lineHeight: "24px" }}>
      {children}
    </Text>
  );
}

export function Note({ children }: { children: ReactNode }) {
  return (
    <Text className="muted" style={{ margin: "12px 0 0", color: light.muted, fontSize: 14, lineHeight: "20px" }}>
      {children}
    </Text>
  );
}

/** What the action looks like: the shop's, or those of the organization that a mail is about. */
export const ActionColors = createContext<{ readonly fill: string; readonly ink: string }>(yellow);

/** The mail's one action. */
export function Action({ href, children }: { href: string; children: ReactNode }) {
  const { fill, ink } = useContext(ActionColors);
  return (
    <Button
      className="action"
      href={href}
      style={{
        margin: "12px 0",
        padding: "12px 20px",
        backgroundColor: fill,
        border: `1.5px solid ${ink}`,
        borderRadius: 8,
        color: ink,
        fontSize: 16,
        lineHeight: "20px",
        fontWeight: 600,
        textDecoration: "none",
      }}
    >
      {children}
    </Button>
  );
}

export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} style={{ color: "inherit", textDecoration: "underline" }}>
      {children}
    </Link>
  );
}

export type SumRow = {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  readonly sum: string;
  readonly strong?: boolean;
};

/** Rows of words and sums; `className="sums"` is what the plain text is told to lay out as a table. */
export function Sums({ label, rows }: { label: string; rows: readonly SumRow[] }) {
  return (
    <table
      className="sums"
      aria-label={label}
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      style={{ borderCollapse: "collapse" }}
    >
      <tbody>
        {rows.map((row, index) => {
          const cell = {
            padding: "8px 0",
            borderTop: index === 0 ? "none" : `1px solid ${light.line}`,
            color: light.text,
            fontSize: 16,
            lineHeight: "24px",
            fontWeight: row.strong ? 650 : 400,
            verticalAlign: "top" as const,
          };
          return (
            <tr key={row.key}>
              <td className="text line" style={{ ...cell, paddingRight: 16, wordBreak: "break-word" }}>
                {row.label}
                {row.detail ? (
                  <span
                    className="muted"
                    style={{
                      color: light.muted,
                      fontSize: 14,
                      fontWeight: 400,
                      // How many stays on its line; days on a line of their own break on a phone.
                      ...(row.detail.length < 10 ? { whiteSpace: "nowrap" } : { display: "block" }),
                    }}
                  >
                    {" "}
                    {row.detail}
                  </span>
                ) : null}
              </td>
              <td
                className="text line"
                align="right"
                style={{ ...cell, whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}
              >
                {row.sum}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
