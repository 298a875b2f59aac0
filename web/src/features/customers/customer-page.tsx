import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { PenLine, TriangleAlert } from "lucide-react";
import { useMemo, useRef } from "react";
import { useKeys } from "../../shell/keys.ts";
import { formatDay, formatShortDay, formatTime } from "../../shell/words.ts";
import { writeFirst } from "../../shell/write-first.ts";
import { Back } from "../../ui/back.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Contributions } from "../../ui/contributions.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Change, Score } from "../../ui/score.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Large } from "../../ui/throughline/index.ts";
import { useMay } from "../access/session.ts";
import { changeSince, momentsOfExperience } from "../experience/moments.ts";
import { OrderList } from "../orders/order-list.tsx";
import { CustomerFacts } from "./customer-facts.tsx";
import { LineKey } from "./line-key.tsx";
import { customerQuery, experienceQuery, ordersQuery } from "./queries.ts";
import { Timeline } from "./timeline.tsx";

/** A customer's whole life with us: the line, everything, what made the score, who they are. */
export function CustomerPage() {
  const { customerId = "" } = useParams({ strict: false });
  const navigate = useNavigate();
  const page = useRef<HTMLDivElement>(null);
  const customer = useQuery(customerQuery(customerId));
  const experience = useQuery(experienceQuery(customerId));
  const orders = useQuery(ordersQuery(customerId)).data?.items ?? [];
  const may = useMay("conversations:write");
  const moments = useMemo(() => (experience.data ? momentsOfExperience(experience.data) : []), [experience.data]);
  const change = changeSince(moments);
  const write = (): void => {
    if (customer.data) writeFirst({ customer: customer.data });
  };
  useKeys([
    ...(may ? [{ keys: "n", label: "Write first", group: "Conversation" as const, run: write }] : []),
    { keys: "escape", label: "Back to customers", group: "List", run: () => void navigate({ to: "/customers" }) },
  ]);

  if (customer.error && !customer.data)
    return <Failure error={customer.error} what="The customer was not loaded." onRetry={() => void customer.refetch()} />;
  if (!customer.data) return <Skeleton rows={6} height={72} label="Loading the customer" />;
  const name = customer.data.name ?? customer.data.email ?? "Somebody";
  const ahead = orders.find((order) => order.promisedAt && !order.deliveredAt && new Date(order.promisedAt).getTime() > Date.now());
  const { data: felt } = experience;

  return (
    <div ref={page} className="flex h-full flex-col overflow-auto">
      <title>{name}</title>
      <header className="sticky top-0 z-10 flex h-13 shrink-0 items-center gap-3 border-b border-line bg-surface px-8 max-phone:px-4">
        <Back label="Customers" className="-ms-3 -me-2 phone:hidden" onBack={() => void navigate({ to: "/customers" })} />
        <Link to="/customers" className="text-text-2 hover:text-text max-phone:hidden">
          Customers
        </Link>
        <span className="text-text-3 max-phone:hidden" aria-hidden="true">
          /
        </span>
        <h1 className="truncate text-l font-strong">{name}</h1>
        {customer.data.atRisk && (
          <Chip tone="poor" icon={<TriangleAlert size={12} strokeWidth={1.75} aria-hidden="true" />}>
            At risk
          </Chip>
        )}
        <span className="grow" />
        {may && (
          <Button look="ink" keys="N" icon={<PenLine size={14} strokeWidth={1.75} aria-hidden="true" />} onClick={write}>
            Write
          </Button>
        )}
      </header>
      <section aria-label="How they have felt" className="border-b border-line px-8 pt-3.5 pb-2.5 max-phone:px-4">
        <div className="mb-2.5 flex flex-wrap items-baseline gap-x-4 gap-y-1">
          {felt && <Score score={felt.score} low={felt.low} high={felt.high} />}
          {change && felt && felt.score !== null && <Change points={change.points} since={formatShortDay(change.at)} />}
          <span className="grow" />
          <LineKey />
        </div>
        {felt ? (
          <Large moments={moments} future={ahead?.promisedAt ? `${formatDay(ahead.promisedAt)} ${formatTime(ahead.promisedAt)}` : null} />
        ) : experience.error ? (
          <Failure error={experience.error} what="The line was not loaded." onRetry={() => void experience.refetch()} />
        ) : (
          <div className="flex h-[276px] items-center">
            <span className="h-px grow bg-line" />
          </div>
        )}
      </section>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_312px_268px] max-pane:grid-cols-[minmax(0,1fr)_300px] max-list:grid-cols-1">
        <Timeline customerId={customerId} scroller={page} />
        <section
          aria-label="What made the score"
          className="border-s border-line px-5 py-3.5 max-list:border-s-0 max-list:border-t max-phone:px-4"
        >
          {felt && felt.score !== null ? (
            <>
              <h2 className="mb-1 font-strong">What made it {Math.round(felt.score)}</h2>
              <Contributions contributions={felt.contributions} score={felt.score} most={10} />
            </>
          ) : (
            <>
              <h2 className="mb-1 font-strong">What made the score</h2>
              <p className="text-text-2">{felt ? "Too early to say. A score needs three moments or more." : "Not known at the moment."}</p>
            </>
          )}
          <OrderList customerId={customerId} most={6} />
        </section>
        <CustomerFacts customer={customer.data} orders={orders} />
      </div>
    </div>
  );
}
