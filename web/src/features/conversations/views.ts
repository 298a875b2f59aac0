/** The ways to look at the inbox. */
export const views = ["mine", "unassigned", "atRisk", "open", "closed", "proposed"] as const;
export type View = (typeof views)[number];

export const viewNames: Record<View, string> = {
  mine: "For you",
  unassigned: "Not assigned",
  atRisk: "At risk",
  open: "All open",
  closed: "Closed",
  proposed: "Proposed",
};

export function isView(text: string): text is View {
  return views.some((view) => view === text);
}

interface ViewQuery {
  status: "open" | "closed";
  order: "newest" | "urgent";
  assignee?: string;
  atRisk?: boolean;
}

/** What a view asks the API for. */
export function viewQuery(view: View): ViewQuery {
  if (view === "closed") return { status: "closed", order: "newest" };
  const open = { status: "open", order: "urgent" } as const;
  if (view === "mine") return { ...open, assignee: "me" };
  if (view === "unassigned") return { ...open, assignee: "none" };
  return view === "atRisk" ? { ...open, atRisk: true } : open;
}
