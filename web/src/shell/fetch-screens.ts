import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

const afterMs = 2000;

/** Fetches the code of every screen once the first one stands, so that each still opens when the server has gone by then. */
export function useFetchedScreens(): void {
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const route of Object.values(router.routesById)) void router.loadRouteChunk(route);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [router]);
}
