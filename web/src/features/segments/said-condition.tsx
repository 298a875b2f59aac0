import { useQuery } from "@tanstack/react-query";
import type { Where } from "./conditions.ts";
import { previewQuery } from "./queries.ts";

/** A condition that was made by a program and has no fields here: what it says, and that it is kept. */
export function SaidCondition({ where }: { where: Where }) {
  const preview = useQuery(previewQuery(where, true));
  return (
    <div className="min-w-0 grow py-1">
      <p className="[overflow-wrap:anywhere]">{preview.data?.sentence ?? preview.error?.message ?? "…"}</p>
      <p className="text-s text-text-3">Made by the API. It is kept as it is; only the API can change it.</p>
    </div>
  );
}
