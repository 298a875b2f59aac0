import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Maximize2 } from "lucide-react";
import { useMemo } from "react";
import type { Experience } from "../../../../sdk/index.ts";
import { counted, formatAgo, formatShortDay } from "../../shell/words.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Contributions } from "../../ui/contributions.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Change, Interval, Score } from "../../ui/score.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Small } from "../../ui/throughline/index.ts";
import { useNow } from "../../ui/use-now.ts";
import { changeSince, momentsOfExperience } from "../experience/moments.ts";
import { OrderList } from "../orders/order-list.tsx";
import { customerQuery, experienceQuery } from "./queries.ts";

/** Beside a conversation: how the customer has been, and why. */
export function CustomerPane({ id }: { id: string }) {
  const customer = useQuery(customerQuery(id));
  const experience = useQuery(experienceQuery(id));
  const now = useNow();
  if (customer.error && !customer.data)
    return <Failure error={customer.error} what="The customer was not loaded." onRetry={() => void customer.refetch()} />;
  if (!customer.data) return <Skeleton rows={5} height={64} label="Loading the customer" />;
  const name = customer.data.name ?? customer.data.email ?? "Somebody";

  return (
    <div>
      <div className="flex h-13 items-center gap-2.5 border-b border-line ps-5 pe-3.5">
        <Avatar name={name} of="customer" size={30} />
        <div className="min-w-0 grow">
          <p className="truncate text-read leading-5 font-strong">{name}</p>
          <p className="truncate text-s text-text-3">{customer.data.email}</p>
        </div>
        <Link
          to="/customers/$customerId"
          params={{ customerId: id }}
          aria-label={`Open the page of ${name}`}
          className="grid size-(--control) place-items-center rounded-m text-text-2 hover:bg-hover"
        >
          <Maximize2 size={14} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      </div>
      <div className="px-5 py-3.5">
        {experience.data ? (
          <Felt experience={experience.data} />
        ) : experience.error ? (
          <Failure error={experience.error} what="The score was not loaded." />
        ) : null}
        <OrderList customerId={id} most={4} />
        <h3 className="mt-4 mb-1 text-s font-strong">Last heard</h3>
        <p className="text-text-2">{customer.data.lastInteractionAt ? formatAgo(customer.data.lastInteractionAt, now) : "Never yet"}</p>
      </div>
    </div>
  );
}

function Felt({ experience }: { experience: Experience }) {
  const moments = useMemo(() => momentsOfExperience(experience), [experience]);
  const change = changeSince(moments);
  const { score, low, high } = experience;
  return (
    <>
      {experience.atRisk && <AtRisk experience={experience} />}
      <h3 className="mt-3.5 text-s font-strong">Experience score</h3>
      <div className="mt-2 flex items-baseline justify-between gap-2">
        <Score score={score} low={low} high={high} />
        {change && score !== null && <Change points={change.points} since={formatShortDay(change.at)} />}
      </div>
      <div className="mt-1">
        <Interval score={score} low={low} high={high} />
      </div>
      <div className="mt-4">
        <Small moments={moments} />
      </div>
      {score !== null && experience.contributions.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-s font-strong">What made it {Math.round(score)}</h3>
          <Contributions contributions={experience.contributions} score={score} />
        </>
      )}
    </>
  );
}

/** Why somebody is at risk, in a sentence. */
export function AtRisk({ experience }: { experience: Experience }) {
  const worst = [...experience.contributions]
    .filter((each) => each.points < -1)
    .sort((a, b) => a.points - b.points)
    .slice(0, 2)
    .map((each) => `${each.reason.charAt(0).toLowerCase()}${each.reason.slice(1)}, ${formatShortDay(each.at)}`);
  return (
    <Banner tone="poor">
      <b className="font-strong">At risk.</b> {counted(experience.poorExperiences, "poor experience")} in 90 days
      {worst.length > 0 ? `: ${worst.join("; ")}` : ""}.
    </Banner>
  );
}
