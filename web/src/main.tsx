import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Tooltip } from "@base-ui/react/tooltip";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Refusal } from "../../sdk/index.ts";
import { router } from "./router.tsx";
import { listenForKeys } from "./shell/keys.ts";
import { applyAppearance } from "./shell/theme.ts";
import "./ui/theme.css";

applyAppearance();
listenForKeys();

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended leads back to the way in, whatever was being asked.
    onError: (error) => {
      if (error instanceof Refusal && error.status === 401) client.setQueryData(["session"], null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => count < 3 && (!(error instanceof Refusal) || error.status === 0 || error.status >= 500),
    },
  },
});

const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Tooltip.Provider>
          <RouterProvider router={router} />
        </Tooltip.Provider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
