import { Link } from "@tanstack/react-router";
import { Columns3, Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select } from "../../ui/select.tsx";
import { ColumnChoice, type ColumnChoiceProps } from "./column-choice.tsx";
import { sorts, type Listing } from "./use-listing.ts";

/** Who is listed, in which order, with which columns; and the same as a file. */
export function ListingBar({ listing, hidden, onHide }: ColumnChoiceProps & { listing: Listing }) {
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="flex min-w-0 grow items-center gap-1">
      {listing.maySeeSegments && (
        <Select quiet label="Segment" value={listing.segment} options={listing.segments} onChange={listing.toSegment} />
      )}
      <Select quiet label="Order" value={listing.sort} options={sorts} onChange={listing.toSort} />
      <span className="grow" />
      <Button look="plain" icon={<Columns3 size={14} strokeWidth={1.75} aria-hidden="true" />} onClick={() => setChoosing(true)}>
        Columns
      </Button>
      {listing.file && (
        <a href={listing.file} download className="flex h-(--control) items-center gap-1.5 rounded-m px-2 font-medium hover:bg-hover">
          <Download size={14} strokeWidth={1.75} aria-hidden="true" />
          Export
        </a>
      )}
      {listing.maySeeSegments && (
        <Link to="/segments" className="flex h-(--control) items-center rounded-m px-2 font-medium hover:bg-hover">
          Segments
        </Link>
      )}
      {choosing && (
        <Dialog open onClose={() => setChoosing(false)} title="Columns">
          <ColumnChoice hidden={hidden} onHide={onHide} />
        </Dialog>
      )}
    </div>
  );
}
