import { queryOptions, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPage, FormPart } from "../../ui/form-page.tsx";
import { Segments } from "../../ui/segments.tsx";
import { ShowOnce } from "../../ui/show-once.tsx";
import { Wrong } from "../../ui/wrong.tsx";

const sourcesQuery = queryOptions({ queryKey: ["order-sources"], queryFn: () => answer(api.GET("/api/v1/order-sources")) });

type Kind = "shopify" | "woocommerce";

const kinds: readonly { value: Kind; label: string }[] = [
  { value: "shopify", label: "Shopify" },
  { value: "woocommerce", label: "WooCommerce" },
];

/** Where in a shop its webhooks are set up, and where the secret comes from. */
const steps: Record<Kind, string> = {
  shopify:
    "In Shopify, under Notifications, Webhooks: add the address you get here for orders, fulfilments, refunds and returns, and copy the signing secret from there.",
  woocommerce:
    "In WooCommerce, under Settings, Advanced, Webhooks: add one for orders created, one for updated and one for deleted, each with the address you get here and the same secret.",
};

/** Shopify's topics that are understood, by what they tell of. */
const topics: readonly { about: string; names: string }[] = [
  { about: "Orders", names: "orders/create, orders/updated, orders/paid, orders/fulfilled, orders/cancelled, orders/delete" },
  { about: "Deliveries", names: "fulfillments/create, fulfillments/update, fulfillment_events/create" },
  {
    about: "Returns",
    names:
      "returns/request, returns/approve, returns/decline, returns/cancel, returns/reopen, returns/update, returns/process, returns/close",
  },
  { about: "Money", names: "refunds/create, order_transactions/create, disputes/create, disputes/update" },
];

/** Shops that tell us about orders and deliveries. */
export function OrderSources() {
  const sources = useQuery(sourcesQuery);
  const { busy, wrong, run } = useChange(["order-sources"]);
  const [kind, setKind] = useState<Kind>("shopify");

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const body = { kind, name: String(given.get("name")), secret: String(given.get("secret")) };
    if (await run(() => answer(api.POST("/api/v1/order-sources", { body })), `${body.name} can tell us about orders now.`)) form.reset();
  }
  return (
    <FormPage
      title="Orders from shops"
      note="A shop tells us of orders, deliveries, returns and refunds by webhook. A late delivery then counts before the customer writes."
    >
      {sources.error && <Failure error={sources.error} what="The shops were not loaded." onRetry={() => void sources.refetch()} />}
      {(sources.data?.items.length ?? 0) > 0 && (
        <ul className="flex flex-col gap-4">
          {sources.data?.items.map((each) => (
            <li key={each.id}>
              <p className="mb-1 font-medium">{each.name}</p>
              <ShowOnce label={`Address for the webhooks of ${each.name}`} value={each.url} />
            </li>
          ))}
        </ul>
      )}
      <FormPart title="Add a shop" note={steps[kind]}>
        <div className="mb-3 flex">
          <Segments label="Kind of shop" value={kind} onChange={setKind} options={kinds} />
        </div>
        {kind === "shopify" && <Topics />}
        <form onSubmit={(event) => void submit(event)} className="flex flex-col items-start gap-3">
          <Field label="Name" name="name" required placeholder="Web shop" className="w-full" />
          <Field label="Signing secret" name="secret" type="password" required autoComplete="off" className="w-full" />
          <Button type="submit" look="ink" busy={busy}>
            Add
          </Button>
        </form>
        <Wrong words={wrong} />
      </FormPart>
    </FormPage>
  );
}

/** Some of them have no place in the shop's own settings and are asked for by an app. */
function Topics() {
  return (
    <details className="mb-3">
      <summary className="cursor-pointer text-s text-text-2">The topics that are understood</summary>
      <dl className="mt-1.5 grid grid-cols-[76px_minmax(0,1fr)] gap-x-3 gap-y-1 text-s">
        {topics.map(({ about, names }) => (
          <div key={about} className="contents">
            <dt className="text-text-3">{about}</dt>
            <dd className="font-mono [overflow-wrap:anywhere]">{names}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-s text-text-3">A topic that the shop’s own settings do not offer is asked for by an app of the shop.</p>
    </details>
  );
}
