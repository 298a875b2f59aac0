import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { formatDate } from "../../shell/words.ts";
import { Button } from "../../ui/button.tsx";
import { useMay } from "../access/session.ts";
import { consentWords } from "./consent-words.ts";
import { consentsQuery } from "./queries.ts";
import { StateConsent } from "./state-consent.tsx";

/** What a customer said about being written to: the newest word of each kind, with where it was said. */
export function Consents({ customerId, name }: { customerId: string; name: string }) {
  const may = useMay("customers:write");
  const { data } = useQuery(consentsQuery(customerId));
  const [stating, setStating] = useState(false);
  return (
    <>
      <header className="mt-3.5 mb-1 flex min-h-7 items-center justify-between">
        <h2 className="font-strong">Being written to</h2>
        {may && (
          <Button look="plain" onClick={() => setStating(true)} className="-me-2">
            Write down
          </Button>
        )}
      </header>
      {data?.items.length === 0 && <p className="text-text-2">Nothing said yet.</p>}
      <ul className="flex flex-col gap-2">
        {data?.items.map((each) => (
          <li key={`${each.class} ${each.channel}`} className="flex gap-2">
            {each.granted ? <Check {...mark} /> : <X {...mark} />}
            <div className="min-w-0">
              <p>
                {each.granted ? "Agrees: " : "Does not want: "}
                {consentWords(each.class, each.channel).toLowerCase()}
              </p>
              <p className="font-voice text-read [overflow-wrap:anywhere]">“{each.wording}”</p>
              <p className="text-s text-text-3">
                {each.source}, {formatDate(each.givenAt)}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {stating && <StateConsent customerId={customerId} name={name} onClose={() => setStating(false)} />}
    </>
  );
}

const mark = { size: 14, strokeWidth: 1.75, className: "mt-[3px] shrink-0 text-text-2", "aria-hidden": true };
