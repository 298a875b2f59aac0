/** Calls at once, and whenever the address changes without the page being loaded anew. */
export function watchPages(call: () => void): void {
  let last = "";
  const look = (): void => {
    const now = location.pathname + location.search;
    if (now === last) return;
    last = now;
    // The title is set after the address as a rule.
    setTimeout(call, 0);
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const own = history[name].bind(history);
    history[name] = (...words) => {
      own(...words);
      look();
    };
  }
  addEventListener("popstate", look);
  look();
}
