import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import type { CSSProperties } from "react";
import type { Customer } from "../../../../sdk/index.ts";
import { formatWhen } from "../../shell/words.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Score } from "../../ui/score.tsx";
import { Micro } from "../../ui/throughline/index.ts";
import { useNow } from "../../ui/use-now.ts";
import { momentsOfLine } from "../experience/moments.ts";
import type { ColumnsShown } from "./list-columns.ts";

export const columns = "grid grid-cols-(--columns) items-center gap-x-4 px-8";

interface RowProps {
  customer: Customer;
  index: number;
  shown: ColumnsShown;
}

/** A customer in the list. */
export function CustomerRow({ customer, index, shown }: RowProps) {
  const now = useNow();
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: customer.id }}
      data-index={index}
      className={`${columns} h-full border-b border-line-soft -outline-offset-2 hover:bg-hover`}
      style={{ "--columns": shown.tracks } as CSSProperties}
    >
      <Avatar name={nameOf(customer)} of="customer" />
      <Name customer={customer} />
      {shown.has("email") && <span className="truncate text-text-3">{customer.email}</span>}
      {shown.has("line") && <Micro moments={momentsOfLine(customer.line)} />}
      {shown.has("score") && <Score score={customer.score} low={customer.low} high={customer.high} size="line" />}
      {shown.has("heard") && <span className="text-end text-s text-text-3">{heard(customer, now)}</span>}
    </Link>
  );
}

/** The same on a phone, in two lines. */
export function CustomerCard({ customer, index, shown }: RowProps) {
  const now = useNow();
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: customer.id }}
      data-index={index}
      className="grid h-full grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line-soft px-4 -outline-offset-2"
    >
      <Avatar name={nameOf(customer)} of="customer" />
      <span className="flex min-w-0 flex-col">
        <Name customer={customer} />
        {(shown.has("email") || shown.has("score")) && (
          <span className="flex min-w-0 items-center gap-3 text-text-3">
            {shown.has("score") && (
              <span className="shrink-0">
                <Score score={customer.score} low={customer.low} high={customer.high} size="line" />
              </span>
            )}
            {shown.has("email") && <span className="truncate text-s">{customer.email}</span>}
          </span>
        )}
      </span>
      <span className="flex flex-col items-end">
        {shown.has("heard") && <span className="text-s text-text-3">{heard(customer, now)}</span>}
        {shown.has("line") && <Micro moments={momentsOfLine(customer.line)} />}
      </span>
    </Link>
  );
}

function Name({ customer }: { customer: Customer }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <b className="truncate font-medium">{nameOf(customer)}</b>
      {customer.atRisk && (
        <span className="flex shrink-0 items-center gap-1 text-s font-medium text-poor">
          <TriangleAlert size={12} strokeWidth={1.75} aria-hidden="true" />
          at risk
        </span>
      )}
    </span>
  );
}

function nameOf(customer: Customer): string {
  return customer.name ?? customer.email ?? "Somebody";
}

function heard({ lastInteractionAt }: Customer, now: number): string {
  return lastInteractionAt ? formatWhen(lastInteractionAt, now) : "never";
}
