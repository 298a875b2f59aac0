/** The ways to look at the inbox. */
export const views = ["mine", "unassigned", "open", "closed", "proposed"] as const;
export type View = (typeof views)[number];

export const viewNames: Record<View, string> = {
  mine: "For you",
  unassigned: "Not assigned",
  open: "All open",
  closed: "Closed",
  proposed: "Proposed",
};

export function isView(text: string): text is View {
  return views.some((view) => view === text);
}

/** What a view asks the API for. */
export function viewQuery(view: View): { status: "open" | "closed"; assignee?: string } {
  if (view === "mine") return { status: "open", assignee: "me" };
  if (view === "unassigned") return { status: "open", assignee: "none" };
  return { status: view === "closed" ? "closed" : "open" };
}
