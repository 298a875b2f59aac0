import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "../access/session.ts";
import { segmentsQuery } from "../segments/queries.ts";
import type { CustomerListing, CustomerSort } from "./queries.ts";

export const sorts: readonly { value: CustomerSort; label: string }[] = [
  { value: "lastHeard", label: "Last heard" },
  { value: "score", label: "Unhappiest" },
  { value: "name", label: "Name" },
  { value: "since", label: "Newest" },
];

export interface Listing {
  segment: string;
  /** Whether the segment that the address names is no more. */
  isGone: boolean;
  sort: CustomerSort;
  /** Everybody, then each segment. */
  segments: readonly { value: string; label: string }[];
  maySeeSegments: boolean;
  /** The address of the same as a file; null for who may not have it. */
  file: string | null;
  toSegment: (segment: string) => void;
  toSort: (sort: CustomerSort) => void;
}

/** Who can be listed and in which order, and how to change it. */
export function useListing(search: CustomerListing): Listing {
  const navigate = useNavigate();
  const maySeeSegments = useMay("segments:read");
  const mayExport = useMay("customers:read");
  const segments = useQuery({ ...segmentsQuery, enabled: maySeeSegments });
  const put = (change: CustomerListing): void => void navigate({ to: "/customers", search: { ...search, ...change }, replace: true });
  const isGone =
    search.segment !== undefined && segments.data !== undefined && !segments.data.items.some((each) => each.id === search.segment);
  const segment = isGone ? "" : (search.segment ?? "");
  const file = new URLSearchParams({ format: "csv", ...(segment ? { segment } : {}) });
  return {
    segment,
    isGone,
    sort: search.sort ?? "lastHeard",
    segments: [{ value: "", label: "Everybody" }, ...(segments.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))],
    maySeeSegments,
    file: mayExport ? `/api/v1/exports/customers?${file.toString()}` : null,
    toSegment: (next) => put({ segment: next || undefined }),
    toSort: (sort) => put({ sort: sort === "lastHeard" ? undefined : sort }),
  };
}
