import { useState } from "react";
import type { CustomerDetail, Order } from "../../../../sdk/index.ts";
import { formatDay, formatShortDay, formatTime, language } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { useMay } from "../access/session.ts";
import { Consents } from "./consents.tsx";
import { EditCustomer } from "./edit-customer.tsx";
import { InSegments } from "./in-segments.tsx";
import { Person } from "./person.tsx";
import { Privacy } from "./privacy.tsx";
import { spentOn } from "./spent.ts";

/** Who they are, what lies ahead, what they are to us. */
export function CustomerFacts({ customer, orders }: { customer: CustomerDetail; orders: readonly Order[] }) {
  const may = useMay("customers:write");
  const [editing, setEditing] = useState(false);
  const ahead = orders.filter((order) => order.promisedAt && !order.deliveredAt && order.state !== "cancelled").slice(0, 4);

  return (
    <section
      aria-label="Who they are"
      className="border-s border-line px-5 py-3.5 max-pane:col-span-2 max-pane:border-s-0 max-pane:border-t max-list:col-span-1 max-phone:px-4"
    >
      <header className="mb-1 flex min-h-7 items-center justify-between">
        <h2 className="font-strong">Who they are</h2>
        {may && (
          <Button look="plain" onClick={() => setEditing(true)} className="-me-2">
            Edit
          </Button>
        )}
      </header>
      {editing && <EditCustomer customer={customer} onClose={() => setEditing(false)} />}
      <dl className={facts}>
        <Fact name="Email" value={customer.email} />
        <Fact name="Phone" value={customer.phone} />
        <Fact name="Called" value={customer.addressAs} />
        <Fact name="At" value={customer.organization} />
        <Fact name="Speaks" value={customer.locale && languageName(customer.locale)} />
        <Fact name="Needs" value={customer.accessNeeds} />
      </dl>
      {ahead.length > 0 && (
        <>
          <h2 className="mt-3.5 mb-1 font-strong">Ahead</h2>
          <dl className={facts}>
            {ahead.map((order) => (
              <Fact
                key={order.id}
                name={`Order ${order.number}`}
                value={order.promisedAt && `promised ${formatDay(order.promisedAt)} ${formatTime(order.promisedAt)}`}
              />
            ))}
          </dl>
        </>
      )}
      <h2 className="mt-3.5 mb-1 font-strong">With us</h2>
      <dl className={facts}>
        <Fact name="Orders" value={orders.length > 0 ? [orders.length, spentOn(orders)].filter(Boolean).join(", ") : "none yet"} />
        <Fact name="Since" value={formatShortDay(customer.firstSeenAt)} />
        <Fact
          name="Last heard"
          value={
            customer.lastInteractionAt ? `${formatDay(customer.lastInteractionAt)}, ${formatTime(customer.lastInteractionAt)}` : "never"
          }
        />
      </dl>
      <InSegments customerId={customer.id} />
      <Person customer={customer} />
      <Consents customerId={customer.id} name={customer.name ?? customer.email ?? "Somebody"} />
      <Privacy customerId={customer.id} name={customer.name ?? customer.email ?? "Somebody"} />
    </section>
  );
}

const facts = "grid grid-cols-[92px_minmax(0,1fr)] gap-y-1.5";

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  if (!value) return null;
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{value}</dd>
    </>
  );
}

function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
