import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Columns3, Download } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select } from "../../ui/select.tsx";
import { useState } from "react";
import { useMay } from "../access/session.ts";
import { segmentsQuery } from "../segments/queries.ts";
import { COLUMNS, keepHidden } from "./list-columns.ts";
import type { CustomerListing, CustomerSort } from "./queries.ts";

const sorts: readonly { value: CustomerSort; label: string }[] = [
  { value: "lastHeard", label: "Last heard" },
  { value: "score", label: "Unhappiest" },
  { value: "name", label: "Name" },
  { value: "since", label: "Newest" },
];

interface BarProps {
  search: CustomerListing;
  hidden: readonly string[];
  onHide: (hidden: readonly string[]) => void;
}

/** Who is listed, in which order, with which columns; and the same as a file. */
export function ListingBar({ search, hidden, onHide }: BarProps) {
  const navigate = useNavigate();
  const maySee = useMay("segments:read");
  const mayExport = useMay("customers:read");
  const segments = useQuery({ ...segmentsQuery, enabled: maySee });
  const [choosing, setChoosing] = useState(false);
  const put = (change: CustomerListing): void => void navigate({ to: "/customers", search: { ...search, ...change }, replace: true });
  const options = [
    { value: "", label: "Everybody" },
    ...(segments.data?.items ?? []).map((each) => ({ value: each.id, label: each.name })),
  ];
  const file = new URLSearchParams({ format: "csv", ...(search.segment ? { segment: search.segment } : {}) });
  return (
    <div className="flex min-w-0 grow items-center gap-1 max-phone:hidden">
      {maySee && (
        <Select
          quiet
          label="Segment"
          value={search.segment ?? ""}
          options={options}
          onChange={(segment) => put({ segment: segment || undefined })}
        />
      )}
      <Select
        quiet
        label="Order"
        value={search.sort ?? "lastHeard"}
        options={sorts}
        onChange={(sort) => put({ sort: sort === "lastHeard" ? undefined : sort })}
      />
      <span className="grow" />
      <Button look="plain" icon={<Columns3 size={14} strokeWidth={1.75} aria-hidden="true" />} onClick={() => setChoosing(true)}>
        Columns
      </Button>
      {mayExport && (
        <a
          href={`/api/v1/exports/customers?${file.toString()}`}
          download
          className="flex h-(--control) items-center gap-1.5 rounded-m px-2 font-medium hover:bg-hover"
        >
          <Download size={14} strokeWidth={1.75} aria-hidden="true" />
          Export
        </a>
      )}
      {maySee && (
        <Link to="/segments" className="flex h-(--control) items-center rounded-m px-2 font-medium hover:bg-hover">
          Segments
        </Link>
      )}
      {choosing && (
        <Dialog open onClose={() => setChoosing(false)} title="Columns">
          <ul className="flex flex-col">
            {COLUMNS.map(({ key, name }) => (
              <li key={key}>
                <label className="flex min-h-9 items-center gap-2">
                  <input
                    type="checkbox"
                    className="size-4 accent-ink"
                    checked={!hidden.includes(key)}
                    onChange={(event) => {
                      const next = event.target.checked ? hidden.filter((other) => other !== key) : [...hidden, key];
                      keepHidden(next);
                      onHide(next);
                    }}
                  />
                  {name}
                </label>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </div>
  );
}
