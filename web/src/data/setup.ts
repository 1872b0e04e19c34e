import { queryOptions } from "@tanstack/react-query";
import { get, type Schemas } from "./api";

export type Setup = Schemas["Setup"];
export type SettingInForce = Setup["settings"][number];
export type Storage = Schemas["Storage"];
export type StoredDay = Storage["days"][number];

/** How the server is set up. It stays so until it is started anew. */
export function setup() {
  return queryOptions({
    queryKey: ["setup"],
    queryFn: ({ signal }) => get("/monitoring/settings", { signal }),
  });
}

/** What is kept, and what that takes on disk. */
export function storage() {
  return queryOptions({
    queryKey: ["storage"],
    queryFn: ({ signal }) => get("/monitoring/storage", { signal }),
  });
}
