import { Select } from "../../ui/select.tsx";
import type { Leaf } from "./conditions.ts";
import { Days, Number } from "./small-fields.tsx";

interface OrderFieldsProps {
  leaf: Extract<Leaf, { orders: unknown }>;
  onChange: (leaf: Leaf) => void;
}

/** How recent the last order is, how many there are, or what they come to: in one currency, or in whichever. */
export function OrderFields({ leaf, onChange }: OrderFieldsProps) {
  const { orders } = leaf;
  if (orders.last) {
    const isLong = orders.last.notWithinLast !== undefined;
    return (
      <>
        <Select
          label="How long ago"
          value={isLong ? "long" : "lately"}
          options={[
            { value: "long", label: "not in the last" },
            { value: "lately", label: "in the last" },
          ]}
          onChange={(next) => {
            const length = orders.last?.notWithinLast ?? orders.last?.withinLast ?? "60d";
            onChange({ orders: { last: next === "long" ? { notWithinLast: length } : { withinLast: length } } });
          }}
        />
        <Days
          words=""
          isNeeded
          value={orders.last.notWithinLast ?? orders.last.withinLast}
          onChange={(length = "60d") => onChange({ orders: { last: isLong ? { notWithinLast: length } : { withinLast: length } } })}
        />
      </>
    );
  }
  const { within, ...rest } = orders;
  const what = orders.sum ? "sum" : "count";
  const amount = orders.sum?.atLeast ?? orders.count?.atLeast ?? 1;
  const say = (next: "sum" | "count", atLeast: number, currency: string | undefined): void => {
    const sum = currency === undefined ? { atLeast } : { atLeast, currency };
    onChange({ orders: { ...(next === "sum" ? { sum } : { count: { atLeast } }), ...(within === undefined ? {} : { within }) } });
  };
  return (
    <>
      <Select
        label="What of the orders"
        value={what}
        options={[
          { value: "sum", label: "for, in all," },
          { value: "count", label: "as many as" },
        ]}
        onChange={(next) => say(next, amount, orders.sum?.currency)}
      />
      <span className="flex items-center gap-2 whitespace-nowrap">
        <Number label="How much at least" value={amount} onChange={(atLeast) => say(what, atLeast, orders.sum?.currency)} />
        <span className="text-text-2">or more</span>
      </span>
      {what === "sum" && (
        <Select
          label="Currency"
          value={orders.sum?.currency ?? ANY}
          options={CURRENCIES}
          onChange={(currency) => say(what, amount, currency === ANY ? undefined : currency)}
        />
      )}
      <Days
        words="in the last"
        value={within}
        onChange={(length) => onChange({ orders: length === undefined ? rest : { ...rest, within: length } })}
      />
    </>
  );
}

const ANY = "";
const CURRENCIES = [
  { value: ANY, label: "in any currency" },
  ...Intl.supportedValuesOf("currency").map((code) => ({ value: code, label: `in ${code}` })),
];
