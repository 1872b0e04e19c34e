import "./styles/tokens.css";
import "./styles/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./app/router";
import { startTheme } from "./app/theme";
import { isRefused } from "./data/api";

startTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused stays refused; what could not be done now may be, a moment later.
      retry: (failures, error) => failures < 2 && !isRefused(error),
      // A machine without a network still has the Blackbox that runs on it.
      networkMode: "always",
      refetchOnReconnect: true,
      refetchOnWindowFocus: false,
      gcTime: 120_000,
    },
  },
});

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
