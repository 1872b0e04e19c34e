import type { components, paths } from "../../generated/schema";

export type Schemas = components["schemas"];
export type LogEvent = Schemas["Event"];
export type Problem = Schemas["Problem"];

type Answered<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer T } } } };
}
  ? T
  : never;

/** The routes that answer JSON. */
export type JsonPath = { [P in keyof paths]: Answered<P> extends never ? never : P }[keyof paths];

export type Parameters = Readonly<Record<string, string | number | undefined>>;

interface Asked {
  /** Values for the parts of the path that are in braces. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Parameters;
  /** Its abort also ends the query at the server. */
  readonly signal?: AbortSignal;
}

/** What Blackbox refused or could not do, as it says so itself. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
  }

  /** What is wrong with one parameter, where that was the reason. */
  about(parameter: string): string | undefined {
    return this.problem.errors?.find((error) => error.pointer === parameter)?.detail;
  }
}

/** No answer came: the server is away, or the network. */
export class UnreachableError extends Error {
  constructor() {
    super("Blackbox does not answer");
    this.name = "UnreachableError";
  }
}

/** Whether asking again leads to the same: what is asked for cannot be had, or not in this way. */
export function isRefused(error: Error): boolean {
  return error instanceof ProblemError && error.problem.status < 429;
}

/** The address of a route, for links and for {@link get}. */
export function address(path: keyof paths, asked: Pick<Asked, "path" | "query"> = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asked.path?.[name] ?? ""));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    if (value !== undefined && value !== "") {
      query.set(name, String(value));
    }
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}

/** Asks a route; throws {@link ProblemError} and {@link UnreachableError}. */
export async function get<P extends JsonPath>(path: P, asked: Asked = {}): Promise<Answered<P>> {
  return answer(await send(address(path, asked), asked.signal === undefined ? {} : { signal: asked.signal }));
}

/** Asks a route that answers lines of JSON, and gives all of them; throws what {@link get} throws. */
export async function lines(path: keyof paths, asked: Asked = {}): Promise<unknown[]> {
  const response = await send(address(path, asked), asked.signal === undefined ? {} : { signal: asked.signal });
  if (!response.ok) {
    return answer(response);
  }
  const text = await response.text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

interface Said {
  readonly body?: unknown;
  /** Who does it, for the routes that do not have that in the body. */
  readonly actor?: string;
  readonly signal?: AbortSignal;
}

/** Makes a change, or asks something that takes a body; throws what {@link get} throws. */
export async function submit<T>(method: "POST" | "PUT" | "DELETE", url: string, { body, actor, signal }: Said = {}): Promise<T> {
  return answer(
    await send(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        // Headers are Latin letters only.
        ...(actor === undefined || actor === "" ? {} : { "X-Actor": encodeURI(actor).replaceAll("%20", " ") }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** Makes a change to a group of errors and answers the group as it is then. */
export function changeError(group: string, change: Schemas["ErrorChange"]): Promise<Schemas["ErrorDetails"]> {
  return submit("POST", address("/monitoring/errors/{group_id}/changes", { path: { group_id: group } }), { body: change });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (thrown) {
    if (init.signal?.aborted === true) {
      throw thrown;
    }
    throw new UnreachableError();
  }
}

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) {
    return (await response.json()) as T;
  }
  const isProblem = response.headers.get("Content-Type")?.includes("problem+json") === true;
  if (isProblem) {
    throw new ProblemError((await response.json()) as Problem);
  }
  throw new UnreachableError();
}
