import { Link } from "@tanstack/react-router";
import { Download, Group, ListFilter } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select } from "../../ui/select.tsx";
import { ColumnChoice, type ColumnChoiceProps } from "./column-choice.tsx";
import { sorts, type Listing } from "./use-listing.ts";

/** On phones: what the bar of the list holds, in a sheet from below. */
export function ListingSheet({ listing, hidden, onHide }: ColumnChoiceProps & { listing: Listing }) {
  const [open, setOpen] = useState(false);
  const row = "flex min-h-11 items-center gap-2.5 font-medium";
  return (
    <>
      <Button
        look="plain"
        square
        aria-label="Who is listed, and how"
        icon={<ListFilter size={16} strokeWidth={1.75} aria-hidden="true" />}
        onClick={() => setOpen(true)}
        className="-me-2"
      />
      <Dialog open={open} onClose={() => setOpen(false)} title="Who is listed, and how" place="below">
        <div className="flex flex-col">
          {listing.maySeeSegments && (
            <Choice name="Segment">
              <Select label="Segment" value={listing.segment} options={listing.segments} onChange={listing.toSegment} />
            </Choice>
          )}
          <Choice name="Order">
            <Select label="Order" value={listing.sort} options={sorts} onChange={listing.toSort} />
          </Choice>
          <h3 className="mt-3 text-s text-text-3">With each name</h3>
          <ColumnChoice hidden={hidden} onHide={onHide} />
          <div className="mt-2 border-t border-line-soft pt-1">
            {listing.file && (
              <a href={listing.file} download className={row}>
                <Download size={16} strokeWidth={1.75} aria-hidden="true" />
                Export them as a file
              </a>
            )}
            {listing.maySeeSegments && (
              <Link to="/segments" className={row}>
                <Group size={16} strokeWidth={1.75} aria-hidden="true" />
                All segments
              </Link>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Choice({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 border-b border-line-soft py-1">
      <span aria-hidden="true">{name}</span>
      <span className="min-w-0">{children}</span>
    </div>
  );
}

/** On phones: that not everybody is listed, and the way back. */
export function ListedOnly({ listing }: { listing: Listing }) {
  const only = listing.segments.find(({ value }) => value !== "" && value === listing.segment);
  if (!only) return null;
  return (
    <p className="flex items-center gap-2 border-b border-line-soft ps-4 pe-2 text-text-2">
      <span className="min-w-0 grow truncate">Only {only.label}</span>
      <Button look="plain" onClick={() => listing.toSegment("")}>
        Show everybody
      </Button>
    </p>
  );
}
